using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Testing.Processes;

namespace Outrider.Bench.Tasks;

/// <summary>Asks the centre for tasks, as any client does.</summary>
internal sealed class CentreTasks(OutriderStack stack)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    public async Task<JsonElement> GetAsync(string path) => await stack.Client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/{path}", UriKind.Relative));

    /// <summary>Posts, and gives what was made.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var made = await stack.Client.PostAsJsonAsync(new Uri($"/api/v1/{path}", UriKind.Relative), body);
        if (!made.IsSuccessStatusCode)
            throw new InvalidOperationException(await made.Content.ReadAsStringAsync());
        return await made.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The id of a new task of the agent <c>bench</c>.</summary>
    public async Task<string> StartAsync(string command) =>
        (await PostAsync("tasks", new { agent_id = "bench", type = "shell", command })).GetProperty("id").GetString()!;

    /// <summary>Asks until it has ended; throws when that is no success.</summary>
    public async Task<JsonElement> EndAsync(string path)
    {
        while (true)
        {
            var now = await GetAsync(path);
            switch (now.GetProperty("status").GetString())
            {
                case "success":
                    return now;
                case "failed" or "canceled" or "lost":
                    throw new InvalidOperationException(now.GetRawText());
                default:
                    await Task.Delay(s_poll);
                    break;
            }
        }
    }

    /// <summary>Returns once these agents are linked.</summary>
    public async Task LinkedAsync(IEnumerable<string> agents)
    {
        foreach (var agent in agents)
        {
            while (!await IsLinkedAsync(agent))
                await Task.Delay(s_poll);
        }
    }

    private async Task<bool> IsLinkedAsync(string agent)
    {
        using var answer = await stack.Client.GetAsync(new Uri($"/api/v1/agents/{agent}", UriKind.Relative));
        return answer.IsSuccessStatusCode && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString() == "online";
    }
}
