using Outrider.Agent.Collectors.Proc;
using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors.Containers;

/// <summary>
/// The running containers of a Docker daemon. CPU is what a container used between two runs of this collector, so that it is right on both
/// versions of cgroups.
/// </summary>
internal sealed class ContainerCollector(string socket, TimeProvider time, string root = "/") : ICollector, IDisposable
{
    public const string DefaultSocket = "/var/run/docker.sock";

    private const int AskedAtOnce = 8;

    /// <summary>Containers told of at most.</summary>
    private const int MaxContainers = 500;

    private static readonly TimeSpan s_limitEach = TimeSpan.FromSeconds(5);

    private readonly DockerClient _docker = new(socket);
    private readonly ProcReader _reader = new();
    private readonly SeriesCache _series = new();
    private Dictionary<string, (double CpuSeconds, long At)> _before = [];

    public string Name => "containers";

    public TimeSpan Interval => TimeSpan.FromSeconds(10);

    public TimeSpan TimeLimit => TimeSpan.FromSeconds(8);

    public async ValueTask CollectAsync(Readings to, CancellationToken cancellation)
    {
        var machine = _reader.TryRead(Path.Combine(root, "proc/meminfo"), out var text) ? MemoryInfo.Read(text).Total : null;
        var containers = (await _docker.ContainersAsync(cancellation)).Where(container => !string.IsNullOrEmpty(container.Id)).Take(MaxContainers).ToList();
        var samples = new (ContainerSample Sample, long At, bool Known)[containers.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, containers.Count, options, async (i, token) => samples[i] = await AskAsync(containers[i].Id!, machine, token));
        var now = new Dictionary<string, (double, long)>();
        for (var i = 0; i < samples.Length; i++)
        {
            var (sample, at, known) = samples[i];
            if (!known)
                continue;
            var id = containers[i].Id!;
            Add(to, containers[i], sample, CpuPercent(id, sample, at), machine);
            if (sample.CpuSeconds is { } seconds)
                now[id] = (seconds, at);
        }
        _before = now;
    }

    public void Dispose() => _docker.Dispose();

    /// <summary>One container that doesn't answer costs only its own figures.</summary>
    private async ValueTask<(ContainerSample Sample, long At, bool Known)> AskAsync(string id, double? machine, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(s_limitEach, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var json = await _docker.StatsAsync(id, either.Token);
            var at = time.GetTimestamp();
            return json is not null && ContainerSample.TryRead(json, machine, out var sample) ? (sample, at, true) : default;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return default;
        }
    }

    /// <summary>Null at first sight, and when the container was started anew.</summary>
    private double? CpuPercent(string id, in ContainerSample sample, long at) =>
        _before.TryGetValue(id, out var before) && sample.CpuSeconds >= before.CpuSeconds
            && time.GetElapsedTime(before.At, at).TotalSeconds is > 0 and var seconds
            ? (sample.CpuSeconds - before.CpuSeconds) / seconds * 100
            : null;

    private void Add(Readings to, DockerContainer container, in ContainerSample sample, double? cpu, double? machine)
    {
        Label name = new("container", container.Names?.FirstOrDefault(n => !string.IsNullOrEmpty(n))?.TrimStart('/') ?? container.Id![..Math.Min(12, container.Id!.Length)]);
        Label image = new("image", container.Image ?? "");
        to.AddRounded(_series.Of("container_cpu_percent", name, image), cpu);
        to.AddRounded(_series.Of("container_cpu_percent_normalized", name, image), cpu / Environment.ProcessorCount);
        to.Add(_series.Of("container_cpu_seconds_total", name, image), sample.CpuSeconds is { } s ? Math.Round(s, 3) : null);
        to.Add(_series.Of("container_memory_bytes", name, image), sample.MemoryBytes);
        to.Add(_series.Of("container_memory_limit_bytes", name, image), sample.MemoryLimitBytes);
        to.AddRounded(_series.Of("container_memory_percent", name, image), sample.MemoryBytes / (sample.MemoryLimitBytes ?? machine) * 100);
        to.Add(_series.Of("container_network_received_bytes_total", name, image), sample.ReceivedBytes);
        to.Add(_series.Of("container_network_sent_bytes_total", name, image), sample.SentBytes);
        to.Add(_series.Of("container_disk_read_bytes_total", name, image), sample.DiskReadBytes);
        to.Add(_series.Of("container_disk_written_bytes_total", name, image), sample.DiskWrittenBytes);
        to.Add(_series.Of("container_processes", name, image), sample.Processes);
    }
}
