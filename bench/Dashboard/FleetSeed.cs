using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Testing.Processes;

namespace Outrider.Bench.Dashboard;

/// <summary>Agents without links, which report what a host's page shows.</summary>
internal sealed class FleetSeed(OutriderStack stack, int agents)
{
    private const int Tokens = 80;

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client = new() { BaseAddress = stack.Url };
    private readonly string[] _credentials = new string[agents];

    public static string Name(int agent) => $"host-{agent:00000}";

    public async Task EnrolAsync()
    {
        // Posts are limited per credential: many tokens let more in at once.
        var tokens = new string[Tokens];
        for (var i = 0; i < Tokens; i++)
            tokens[i] = await TokenAsync();
        await EachAsync(async agent =>
        {
            using var answer = await PostAsync("register", tokens[agent % Tokens], new
            {
                server_name = Name(agent),
                system_info = new { hostname = Name(agent), os = "Debian GNU/Linux 12", arch = "x64", cpu_cores = 8, total_mem_mb = 32768, agent_version = "0.1.0" },
            });
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            _credentials[agent] = json.RootElement.GetProperty("credential").GetString()!;
        }, CancellationToken.None);
    }

    /// <summary>One report of each.</summary>
    public Task ReportOnceAsync() => EachAsync(SendAsync, CancellationToken.None);

    /// <summary>Reports until it is over, each agent once a period and all of them spread over it.</summary>
    public async Task ReportAsync(CancellationToken over)
    {
        try
        {
            using var timer = new PeriodicTimer(s_period / (agents / 10.0));
            for (var next = 0; await timer.WaitForNextTickAsync(over); next = (next + 10) % agents)
                await Task.WhenAll(Enumerable.Range(next, Math.Min(10, agents - next)).Select(SendAsync));
        }
        catch (OperationCanceledException)
        {
            // The bench is over.
        }
    }

    private async Task<string> TokenAsync()
    {
        using var answer = await stack.Client.PostAsJsonAsync(new Uri("/api/v1/tenants/demo/enrolment-tokens", UriKind.Relative), new { patterns = new[] { "*" } });
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("secret").GetString()!;
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
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/{path}", UriKind.Relative)) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
            var answer = await _client.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
                return answer.EnsureSuccessStatusCode();
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
            answer.Dispose();
        }
    }

    private Task EachAsync(Func<int, Task> act, CancellationToken over) => Parallel.ForEachAsync(
        Enumerable.Range(0, agents), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = over }, async (agent, _) => await act(agent));
}
