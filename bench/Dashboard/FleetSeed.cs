using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Testing.Processes;

namespace Outrider.Bench.Dashboard;

/// <summary>Agents without links, which report what a host's page shows.</summary>
internal sealed class FleetSeed(OutriderStack stack, int agents)
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client = new() { BaseAddress = stack.Url };
    private readonly string[] _credentials = new string[agents];

    public static string Name(int agent) => $"host-{agent:00000}";

    public async Task EnrolAsync()
    {
        var token = await stack.TokenAsync();
        await EachAsync(async agent =>
        {
            using var answer = await PostAsync("register", token, new
            {
                server_name = Name(agent),
                system_info = new { hostname = Name(agent), os = "Debian GNU/Linux 12", arch = "x64", cpu_cores = 8, total_mem_mb = 32768, agent_version = "0.1.0" },
            });
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            _credentials[agent] = json.RootElement.GetProperty("credential").GetString()!;
        }, CancellationToken.None);
    }

    /// <summary>Reports until it is over, each agent once a period.</summary>
    public async Task ReportAsync(CancellationToken over)
    {
        try
        {
            using var timer = new PeriodicTimer(s_period);
            do
                await EachAsync(SendAsync, over);
            while (await timer.WaitForNextTickAsync(over));
        }
        catch (OperationCanceledException)
        {
            // The bench is over.
        }
    }

    private async Task SendAsync(int agent)
    {
        object Sample(string metric, double value) => new { metric, value, labels = new { } };
        using var answer = await PostAsync("report", _credentials[agent], new
        {
            server_name = Name(agent),
            timestamp = DateTimeOffset.UtcNow,
            samples = new[]
            {
                Sample("host_cpu_percent_normalized", Random.Shared.Next(0, 100)), Sample("host_memory_percent", Random.Shared.Next(20, 95)),
                Sample("host_load1", Random.Shared.Next(0, 800) / 100.0),
            },
        });
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string credential, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/{path}", UriKind.Relative)) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        var answer = await _client.SendAsync(request);
        return answer.EnsureSuccessStatusCode();
    }

    private Task EachAsync(Func<int, Task> act, CancellationToken over) => Parallel.ForEachAsync(
        Enumerable.Range(0, agents), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = over }, async (agent, _) => await act(agent));
}
