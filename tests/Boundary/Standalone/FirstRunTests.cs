using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Outrider.Silo.Standalone;
using Outrider.Testing;
using Outrider.Testing.Centre;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Boundary.Standalone;

/// <summary>What <c>outrider serve</c> prints while there is no platform user.</summary>
public sealed partial class FirstRunTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("outrider-test-").FullName;
    private readonly Uri _url = new($"http://127.0.0.1:{FreePort.Next()}");

    public FirstRunTests() => File.WriteAllText(Path.Combine(_data, "settings.json"), $$"""{"log_level": "none", "url": "{{_url}}"}""");

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Serve_NoPlatformUser_PrintsALinkThatWorksOnceAndNotAgain()
    {
        await using (var centre = new Serving(_data))
        {
            var link = Link().Match(await centre.Output.FirstLineAsync());
            Assert.Equal(_url, new Uri(link.Groups[1].Value));
            using var client = new HttpClient { BaseAddress = _url };
            Assert.Equal(HttpStatusCode.OK, await WelcomeAsync(client, link.Groups[2].Value, "root"));
            Assert.Equal(HttpStatusCode.Forbidden, await WelcomeAsync(client, link.Groups[2].Value, "second"));
        }
        await using var again = new Serving(_data);
        await again.StopAsync(_url);
        Assert.Empty(again.Output.ToString());
    }

    [Fact]
    public async Task Serve_StartedAgain_MakesTheEarlierLinkVoid()
    {
        Match first;
        await using (var centre = new Serving(_data))
            first = Link().Match(await centre.Output.FirstLineAsync());
        await using var again = new Serving(_data);
        var second = Link().Match(await again.Output.FirstLineAsync());
        using var client = new HttpClient { BaseAddress = _url };

        Assert.Equal(HttpStatusCode.Forbidden, await WelcomeAsync(client, first.Groups[2].Value, "root"));
        Assert.Equal(HttpStatusCode.OK, await WelcomeAsync(client, second.Groups[2].Value, "root"));
    }

    private static async Task<HttpStatusCode> WelcomeAsync(HttpClient client, string token, string name)
    {
        using var response = await client.PostAsJsonAsync(TestCentre.Path("/auth/welcome"), new { token, name, password = "first of them all" });
        return response.StatusCode;
    }

    [GeneratedRegex(@"(http://127\.0\.0\.1:\d+)/welcome#(oli\.~\.~\.\S+)")]
    private static partial Regex Link();

    /// <summary>The program in this process, until it is disposed of.</summary>
    private sealed class Serving : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task<int> _run;

        public Serving(string data) => _run = Task.Run(() => new OutriderProgram().CreateCommand()
            .Parse(["serve", "--data", data, "--config", Path.Combine(data, "settings.json")])
            .InvokeAsync(new InvocationConfiguration { Output = Output, Error = Output }, _stop.Token));

        public Lines Output { get; } = new();

        /// <summary>Stops it once it has started. What it prints at the start, it has printed then.</summary>
        public async Task StopAsync(Uri url)
        {
            using var client = new HttpClient { BaseAddress = url };
            await Eventually.SoAsync("the centre serves", async () =>
            {
                using var health = await client.GetAsync(new Uri("/health", UriKind.Relative));
                return health.IsSuccessStatusCode;
            });
            await _stop.CancelAsync();
            Assert.Equal(0, await _run.WaitAsync(TestTimeouts.Default));
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run.WaitAsync(TestTimeouts.Default);
            _stop.Dispose();
            await Output.DisposeAsync();
        }
    }

    private sealed class Lines : StringWriter
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> FirstLineAsync() => _first.Task.WaitAsync(TestTimeouts.Default);

        public override Task WriteLineAsync(string? value)
        {
            _first.TrySetResult(value ?? "");
            return base.WriteLineAsync(value);
        }

        public override Encoding Encoding => Encoding.UTF8;
    }
}
