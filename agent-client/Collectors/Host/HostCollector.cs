using System.Globalization;
using Outrider.Agent.Collectors.Proc;
using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors.Host;

/// <summary>The machine itself, from /proc and /sys: CPU, load, memory, swap, disks, networks, file handles, uptime.</summary>
/// <param name="root">Where the machine's own root directory is: <c>/</c>, or where a container has it mounted.</param>
internal sealed class HostCollector(string root = "/") : ICollector
{
    private readonly ProcReader _reader = new();
    private readonly SeriesCache _series = new();
    private readonly HostCpu _cpu = new();
    private readonly NetworkTable _networks = new();
    private readonly DiskTable _disks = new();
    private readonly MountTable _mounts = new();

    public string Name => "host";

    public TimeSpan Interval => TimeSpan.FromSeconds(10);

    public TimeSpan TimeLimit => TimeSpan.FromSeconds(5);

    public ValueTask CollectAsync(Readings to, CancellationToken cancellation)
    {
        if (Read("proc/stat", out var stat))
            _cpu.Read(stat, to, _series);
        if (Read("proc/loadavg", out var load))
            Add(to, LoadAverage.Read(load));
        if (Read("proc/meminfo", out var memory))
            Add(to, MemoryInfo.Read(memory));
        if (Read("proc/uptime", out var uptime))
            to.Add(_series.Of("host_uptime_seconds"), new FieldReader(uptime).Number());
        if (Read("proc/sys/fs/file-nr", out var handles))
            Add(to, FileHandles.Read(handles));
        if (Read("proc/1/net/dev", out var networks) || Read("proc/net/dev", out networks))
            AddNetworks(to, networks);
        if (Read("proc/diskstats", out var disks))
            AddDisks(to, disks);
        // Last: a broken file system may hang here, and then what is above has been said.
        if (Read("proc/1/mounts", out var mounts) || Read("proc/mounts", out mounts))
            AddSpace(to, mounts, cancellation);
        return to.Values.Count > 0 ? ValueTask.CompletedTask : throw new IOException($"Nothing can be read below {root}proc.");
    }

    private bool Read(string path, out ReadOnlySpan<byte> bytes) => _reader.TryRead(Path.Combine(root, path), out bytes);

    private void Add(Readings to, LoadAverage load)
    {
        to.Add(_series.Of("host_load1"), load.One);
        to.Add(_series.Of("host_load5"), load.Five);
        to.Add(_series.Of("host_load15"), load.Fifteen);
        to.Add(_series.Of("host_threads"), load.Threads);
    }

    private void Add(Readings to, in MemoryInfo memory)
    {
        to.Add(_series.Of("host_memory_total_bytes"), memory.Total);
        to.Add(_series.Of("host_memory_used_bytes"), memory.Used);
        to.Add(_series.Of("host_memory_free_bytes"), memory.Free);
        to.Add(_series.Of("host_memory_available_bytes"), memory.Available);
        to.Add(_series.Of("host_memory_cached_bytes"), memory.Cached);
        to.Add(_series.Of("host_memory_buffers_bytes"), memory.Buffers);
        to.AddRounded(_series.Of("host_memory_percent"), memory.Percent);
        to.Add(_series.Of("host_swap_total_bytes"), memory.SwapTotal);
        to.Add(_series.Of("host_swap_used_bytes"), memory.SwapUsed);
        to.Add(_series.Of("host_swap_free_bytes"), memory.SwapFree);
        to.AddRounded(_series.Of("host_swap_percent"), memory.SwapPercent);
    }

    private void Add(Readings to, FileHandles handles)
    {
        to.Add(_series.Of("host_file_handles"), handles.Used);
        to.Add(_series.Of("host_file_handles_max"), handles.Max);
    }

    private void AddNetworks(Readings to, ReadOnlySpan<byte> text)
    {
        _networks.Read(text);
        foreach (var network in _networks.Interfaces)
        {
            // The loopback leaves the machine never, and a container's end of a pair is told of by its container.
            if (network.Name == "lo" || network.Name.StartsWith("veth", StringComparison.Ordinal))
                continue;
            var label = new Label("interface", network.Name);
            to.Add(_series.Of("host_network_received_bytes_total", label), network.ReceivedBytes);
            to.Add(_series.Of("host_network_sent_bytes_total", label), network.SentBytes);
            to.Add(_series.Of("host_network_received_packets_total", label), network.ReceivedPackets);
            to.Add(_series.Of("host_network_sent_packets_total", label), network.SentPackets);
            to.Add(_series.Of("host_network_receive_errors_total", label), network.ReceiveErrors);
            to.Add(_series.Of("host_network_send_errors_total", label), network.SendErrors);
            to.Add(_series.Of("host_network_receive_drops_total", label), network.ReceiveDrops);
            to.Add(_series.Of("host_network_send_drops_total", label), network.SendDrops);
        }
    }

    private void AddDisks(Readings to, ReadOnlySpan<byte> text)
    {
        _disks.Read(text);
        foreach (var disk in _disks.Disks)
        {
            if (!IsWholeDisk(disk.Name))
                continue;
            var label = new Label("device", disk.Name);
            to.Add(_series.Of("host_disk_read_bytes_total", label), disk.ReadBytes);
            to.Add(_series.Of("host_disk_written_bytes_total", label), disk.WrittenBytes);
            to.Add(_series.Of("host_disk_reads_total", label), disk.Reads);
            to.Add(_series.Of("host_disk_writes_total", label), disk.Writes);
            to.Add(_series.Of("host_disk_busy_seconds_total", label), disk.BusySeconds);
        }
    }

    /// <summary>A partition's numbers are in its disk's. A slash in a device's name stands as an exclamation mark in /sys.</summary>
    private bool IsWholeDisk(string name) =>
        !name.StartsWith("loop", StringComparison.Ordinal) && !name.StartsWith("ram", StringComparison.Ordinal)
        && Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"{root}sys/block/{name.Replace('/', '!')}"));

    private void AddSpace(Readings to, ReadOnlySpan<byte> text, CancellationToken cancellation)
    {
        _mounts.Read(text);
        foreach (var mount in _mounts.Mounts)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!FileSystemSpace.TryRead(Path.Join(root, mount.Point), out var space) || space.Total <= 0)
                continue;
            Label point = new("mount", mount.Point), device = new("device", mount.Device), type = new("fstype", mount.Type);
            to.Add(_series.Of("host_disk_total_bytes", point, device, type), space.Total);
            to.Add(_series.Of("host_disk_used_bytes", point, device, type), space.Used);
            to.Add(_series.Of("host_disk_free_bytes", point, device, type), space.Free);
            // As df(1): of what ordinary users can have.
            to.AddRounded(_series.Of("host_disk_percent", point, device, type), space.Used + space.Free > 0 ? space.Used / (space.Used + space.Free) * 100 : null);
            if (space.Inodes <= 0)
                continue;
            to.Add(_series.Of("host_disk_inodes", point, device, type), space.Inodes);
            to.Add(_series.Of("host_disk_inodes_free", point, device, type), space.InodesFree);
        }
    }
}
