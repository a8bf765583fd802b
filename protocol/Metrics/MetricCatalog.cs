namespace Outrider.Protocol.Metrics;

/// <summary>
/// The metrics agents measure themselves. Sizes are in bytes, shares in percent (0 to 100), counters cumulative. CPU comes twice: in
/// percent of one core, and normalized to the whole machine. What a scraped endpoint exposes keeps its own name and isn't listed.
/// </summary>
public static class MetricCatalog
{
    private const string Percent = "percent";
    private const string Bytes = "bytes";
    private const string Seconds = "seconds";
    private const string Count = "";

    private static readonly Dictionary<string, MetricDescription> s_byName = new(StringComparer.Ordinal);

    /// <summary>In the order a person reads them.</summary>
    public static IReadOnlyList<MetricDescription> All { get; } =
    [
        Gauge("host_cpu_percent", Percent, "", "CPU in use, of one core: 250 is two and a half cores"),
        Gauge("host_cpu_percent_normalized", Percent, "", "CPU in use, of the whole machine"),
        Gauge("host_cpu_core_percent", Percent, "cpu", "CPU in use of each core"),
        Gauge("host_cpu_mode_percent", Percent, "mode", "CPU of the whole machine by mode: user, system, iowait, idle, …"),
        Gauge("host_cpus", Count, "", "Logical processors"),
        Gauge("host_load1", Count, "", "Load average over 1 minute"),
        Gauge("host_load5", Count, "", "Load average over 5 minutes"),
        Gauge("host_load15", Count, "", "Load average over 15 minutes"),
        Gauge("host_memory_total_bytes", Bytes, "", "Memory of the machine"),
        Gauge("host_memory_used_bytes", Bytes, "", "Memory in use: total less available"),
        Gauge("host_memory_free_bytes", Bytes, "", "Memory that nothing uses, not even caches"),
        Gauge("host_memory_available_bytes", Bytes, "", "Memory that programs can get without swapping"),
        Gauge("host_memory_cached_bytes", Bytes, "", "Memory of the page cache"),
        Gauge("host_memory_buffers_bytes", Bytes, "", "Memory of block device buffers"),
        Gauge("host_memory_percent", Percent, "", "Memory in use"),
        Gauge("host_swap_total_bytes", Bytes, "", "Swap space"),
        Gauge("host_swap_used_bytes", Bytes, "", "Swap space in use"),
        Gauge("host_swap_free_bytes", Bytes, "", "Swap space left"),
        Gauge("host_swap_percent", Percent, "", "Swap space in use"),
        Gauge("host_disk_total_bytes", Bytes, "mount,device,fstype", "Size of a file system"),
        Gauge("host_disk_used_bytes", Bytes, "mount,device,fstype", "Space in use of a file system"),
        Gauge("host_disk_free_bytes", Bytes, "mount,device,fstype", "Space left of a file system for ordinary users"),
        Gauge("host_disk_percent", Percent, "mount,device,fstype", "Space in use of a file system"),
        Gauge("host_disk_inodes", Count, "mount,device,fstype", "Inodes of a file system"),
        Gauge("host_disk_inodes_free", Count, "mount,device,fstype", "Inodes left of a file system"),
        Counter("host_disk_read_bytes_total", Bytes, "device", "Read from a disk"),
        Counter("host_disk_written_bytes_total", Bytes, "device", "Written to a disk"),
        Counter("host_disk_reads_total", Count, "device", "Reads completed"),
        Counter("host_disk_writes_total", Count, "device", "Writes completed"),
        Counter("host_disk_busy_seconds_total", Seconds, "device", "Time in which a disk had something to do"),
        Counter("host_network_received_bytes_total", Bytes, "interface", "Received by an interface"),
        Counter("host_network_sent_bytes_total", Bytes, "interface", "Sent by an interface"),
        Counter("host_network_received_packets_total", Count, "interface", "Packets received"),
        Counter("host_network_sent_packets_total", Count, "interface", "Packets sent"),
        Counter("host_network_receive_errors_total", Count, "interface", "Packets received with an error"),
        Counter("host_network_send_errors_total", Count, "interface", "Packets not sent because of an error"),
        Counter("host_network_receive_drops_total", Count, "interface", "Packets received and dropped"),
        Counter("host_network_send_drops_total", Count, "interface", "Packets dropped before they were sent"),
        Gauge("host_file_handles", Count, "", "File handles in use"),
        Gauge("host_file_handles_max", Count, "", "File handles the machine allows"),
        Gauge("host_processes", Count, "", "Processes"),
        Gauge("host_threads", Count, "", "Threads of all processes"),
        Gauge("host_uptime_seconds", Seconds, "", "Time since the machine started"),
        Gauge("process_cpu_percent", Percent, "process", "CPU of all processes of a name, of one core"),
        Gauge("process_cpu_percent_normalized", Percent, "process", "CPU of all processes of a name, of the whole machine"),
        Gauge("process_memory_bytes", Bytes, "process", "Resident memory of all processes of a name"),
        Gauge("process_memory_percent", Percent, "process", "Resident memory of all processes of a name, of the machine's"),
        Gauge("process_threads", Count, "process", "Threads of all processes of a name"),
        Gauge("process_count", Count, "process", "Processes of a name"),
        Gauge("container_cpu_percent", Percent, "container,image", "CPU of a container, of one core"),
        Gauge("container_cpu_percent_normalized", Percent, "container,image", "CPU of a container, of the whole machine"),
        Counter("container_cpu_seconds_total", Seconds, "container,image", "CPU time of a container"),
        Gauge("container_memory_bytes", Bytes, "container,image", "Memory of a container without the page cache"),
        Gauge("container_memory_limit_bytes", Bytes, "container,image", "Memory a container may have; absent when it has no limit"),
        Gauge("container_memory_percent", Percent, "container,image", "Memory of a container, of its limit or else the machine's"),
        Counter("container_network_received_bytes_total", Bytes, "container,image", "Received by a container, all networks"),
        Counter("container_network_sent_bytes_total", Bytes, "container,image", "Sent by a container, all networks"),
        Counter("container_disk_read_bytes_total", Bytes, "container,image", "Read from disks by a container"),
        Counter("container_disk_written_bytes_total", Bytes, "container,image", "Written to disks by a container"),
        Gauge("container_processes", Count, "container,image", "Processes of a container"),
        Gauge("scrape_up", Count, "endpoint", "1 when an endpoint answered, 0 when not"),
        Gauge("scrape_duration_seconds", Seconds, "endpoint", "How long an endpoint took to answer"),
        Gauge("scrape_samples", Count, "endpoint", "Samples an endpoint gave, after the allow list"),
        Gauge("agent_cpu_percent", Percent, "", "CPU of the agent itself, of one core"),
        Gauge("agent_memory_bytes", Bytes, "", "Resident memory of the agent itself"),
        Gauge("agent_collector_duration_seconds", Seconds, "collector", "How long a collector took"),
        Counter("agent_collector_failures_total", Count, "collector", "Runs of a collector that failed or ran out of time"),
        Gauge("agent_spool_bytes", Bytes, "", "What waits on the agent's disk for the centre"),
        Gauge("agent_spool_batches", Count, "", "Batches that wait on the agent's disk"),
        Counter("agent_spool_dropped_batches_total", Count, "", "Batches given up because the spool was full or they were too old"),
        Gauge("agent_config_revision", Count, "", "The revision of the configuration that the agent has from the centre; absent when it has none"),
        Gauge("agent_clock_offset_seconds", Seconds, "", "The agent's clock less the centre's"),
    ];

    /// <summary>What is known of a metric; null when it isn't one of ours.</summary>
    public static MetricDescription? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>
    /// The kind of any metric: ours by the catalogue, a scraped one by the ending its name has by Prometheus' convention
    /// (https://prometheus.io/docs/practices/naming/).
    /// </summary>
    public static MetricKind KindOf(string name) =>
        Find(name)?.Kind
        ?? (name.EndsWith("_total", StringComparison.Ordinal) || name.EndsWith("_count", StringComparison.Ordinal)
            || name.EndsWith("_sum", StringComparison.Ordinal) || name.EndsWith("_bucket", StringComparison.Ordinal)
            ? MetricKind.Counter
            : MetricKind.Gauge);

    private static MetricDescription Gauge(string name, string unit, string labels, string help) =>
        Enter(new MetricDescription(name, MetricKind.Gauge, unit, labels, help));

    private static MetricDescription Counter(string name, string unit, string labels, string help) =>
        Enter(new MetricDescription(name, MetricKind.Counter, unit, labels, help));

    private static MetricDescription Enter(MetricDescription metric)
    {
        s_byName.Add(metric.Name, metric);
        return metric;
    }
}
