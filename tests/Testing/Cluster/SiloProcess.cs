using System.Net;
using System.Net.Http.Json;
using Outrider.Api.Health;
using Outrider.Testing.Centre;
using Outrider.Testing.Processes;

namespace Outrider.Testing.Cluster;

/// <summary>One silo of a <see cref="ClusterStack"/>: a real <c>outrider-silo</c>, which keeps its ports over restarts.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private readonly Dictionary<string, string> _environment;
    private readonly List<string> _earlier = [];
    private readonly string[] _launcher;
    private ChildProcess? _process;
    private Task _supervision = Task.CompletedTask;
    private volatile bool _wanted;

    internal SiloProcess(IReadOnlyDictionary<string, string> shared, int index, NetworkPlace? place)
    {
        var address = place?.Address ?? IPAddress.Loopback;
        (Index, SiloPort, ClientPort, Url) = (index, FreePort.Next(), FreePort.Next(), new Uri($"http://{address}:{FreePort.Next()}"));
        _launcher = place is null ? [] : ["ip", "netns", "exec", place.Namespace];
        _environment = new(shared)
        {
            ["OUTRIDER_URL"] = Url.ToString(),
            ["OUTRIDER_SILO_ADDRESS"] = $"{address}",
            ["OUTRIDER_SILO_PORT"] = $"{SiloPort}",
            ["OUTRIDER_CLIENT_PORT"] = $"{ClientPort}",
        };
        Client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60) };
    }

    public int Index { get; }

    public Uri Url { get; }

    /// <summary>Where the other silos call it.</summary>
    public int SiloPort { get; }

    /// <summary>Where trusted clients call it, if it is set to let them in.</summary>
    public int ClientPort { get; }

    /// <summary>Without any credential.</summary>
    public HttpClient Client { get; }

    /// <summary>The process of now, or the last one.</summary>
    public ChildProcess Process => _process ?? throw new InvalidOperationException($"Silo {Index} was never started.");

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>What it has printed, in all its lives.</summary>
    public string Output => string.Join("\n--- started again\n", [.. _earlier, _process?.Output ?? ""]);

    /// <summary>Changes a setting for the next start; null takes it away.</summary>
    /// <param name="variable">Such as <c>OUTRIDER_OTLP_ENDPOINT</c>.</param>
    public void Set(string variable, string? value)
    {
        if (value is null)
            _environment.Remove(variable);
        else
            _environment[variable] = value;
    }

    /// <summary>Starts it (again) without waiting for anything.</summary>
    /// <param name="supervised">Starts it again when it ends, as systemd would, until it is killed or terminated by this class.</param>
    public void Start(bool supervised = false)
    {
        var process = Launch();
        _wanted = supervised;
        if (supervised)
            _supervision = SuperviseAsync(process);
    }

    /// <summary>Returns once it says that it is ready and that so many silos are active.</summary>
    public Task ReadyAsync(int active) => EventuallyAsync($"silo {Index} is ready and sees {active}", async () =>
    {
        var view = await ReadinessAsync();
        return view is { Status: "ready" } && view.Checks.Any(check => check.Name == "cluster" && check.Detail == $"{active} silos active");
    });

    /// <summary>What <c>/health/ready</c> says.</summary>
    public async Task<ReadinessView> ReadinessAsync()
    {
        using var response = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return (await response.Content.ReadFromJsonAsync<ReadinessView>(TestCentre.Json))!;
    }

    /// <summary>As <c>kill -9</c>; it stays down.</summary>
    public Task KillAsync()
    {
        _wanted = false;
        return Process.KillAsync();
    }

    /// <summary>As <c>kill -TERM</c>; it stays down. Returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        _wanted = false;
        await Process.TerminateAsync();
        return await Process.ExitAsync(TestTimeouts.Default);
    }

    /// <summary>Freezes it, as a machine that swaps or a debugger would.</summary>
    public Task PauseAsync() => Process.SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ResumeAsync() => Process.SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        _wanted = false;
        Client.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
        await _supervision;
    }

    /// <summary>Returns once it is so; fails when it takes too long or this silo has ended.</summary>
    public Task EventuallyAsync(string what, Func<Task<bool>> isSo) =>
        Eventually.SoAsync(what, isSo, () => !IsRunning && !_wanted, () => $"--- silo {Index}\n{Output}");

    private ChildProcess Launch()
    {
        if (_process is not null)
            _earlier.Add(_process.Output);
        string[] command = [.. _launcher, Programs.Silo, "serve"];
        return _process = ChildProcess.Start(command[0], command[1..], _environment);
    }

    private async Task SuperviseAsync(ChildProcess process)
    {
        while (true)
        {
            await process.ExitedAsync();
            // As a supervisor does, which doesn't start a program in a tight loop.
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
            // It may have been killed and started again by hand meanwhile: then that start has its own supervisor.
            if (!_wanted || process != _process)
                return;
            process = Launch();
        }
    }
}
