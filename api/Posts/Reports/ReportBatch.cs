using System.Text;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Posts.Reports;

/// <summary>Makes a metric batch of a report: units of ours, what isn't known left out, nothing that wasn't measured put in.</summary>
internal static class ReportBatch
{
    /// <summary>The batch as bytes; <c>invalid_argument</c>, <c>batch_invalid</c>.</summary>
    /// <param name="report">The report.</param>
    /// <param name="content">Its bytes as they came, by which it is named if it doesn't name itself.</param>
    public static Outcome<byte[]> Encode(Report report, ReadOnlySpan<byte> content)
    {
        if (report is { Metrics: null, Samples: null })
            return Invalid("The report holds nothing. Give 'metrics' or 'samples', or post a heartbeat.");
        if (report.Boot is null != report.Seq is null)
            return Invalid("'boot' and 'seq' name a report together. Give both or none.");
        if (report.Boot is { } boot && (!LinkProtocol.IsId(boot) || BatchNames.IsOfOne(boot) || report.Seq == 0))
            return Invalid($"'boot' is 1 to {LinkProtocol.MaxIdLength} printable ASCII characters without space, not beginning with '~', and 'seq' is from 1.");
        try
        {
            return MetricBatchCodec.Encode(new MetricBatch(
                report.Boot ?? BatchNames.BootOf(content), report.Seq ?? 1, [.. Host(report), .. Samples(report)], Processes(report)));
        }
        catch (FormatException e)
        {
            return Invalid($"{e.Message}.");
        }
    }

    /// <summary>
    /// What is known of the machine without adding up processes: those that a sender leaves out, and memory that several share, would make
    /// the sums wrong.
    /// </summary>
    private static IEnumerable<SeriesSamples> Host(Report report)
    {
        var time = report.Timestamp.ToUnixTimeMilliseconds();
        if (report.SystemInfo?.KnownCpus is { } cpus)
            yield return new SeriesSamples(new Series("host_cpus"), [new Sample(time, cpus)]);
        if (report.SystemInfo?.KnownMemoryBytes is { } bytes)
            yield return new SeriesSamples(new Series("host_memory_total_bytes"), [new Sample(time, bytes)]);
    }

    private static IEnumerable<SeriesSamples> Samples(Report report) =>
        from sample in report.Samples ?? []
        where sample.Value is not null
        group new Sample((sample.Time ?? report.Timestamp).ToUnixTimeMilliseconds(), Finite(sample))
            by new Series(sample.Metric, [.. (sample.Labels ?? []).Select(label => new Label(label.Key, label.Value))]) into its
        select new SeriesSamples(its.Key, [.. its]);

    private static double Finite(PostedSample sample) => sample.Value is { } value && double.IsFinite(value)
        ? value
        : throw new FormatException($"A value of {LinkProtocol.Clip(sample.Metric, MetricLimits.NameLength)} is too large");

    /// <summary>Of each process its newest record; a record without a pid tells of no process. Null: there is none.</summary>
    private static ProcessTable? Processes(Report report)
    {
        var newest = new Dictionary<int, ResourceRecord>();
        foreach (var record in (report.Metrics ?? []).OrderBy(record => record.Timestamp ?? report.Timestamp))
        {
            if (record.Pid > 0)
                newest[record.Pid.Value] = record;
        }
        return newest.Count == 0 ? null : new ProcessTable(
            report.Timestamp.ToUnixTimeMilliseconds(), newest.Count, report.SystemInfo?.KnownCpus ?? 0, report.SystemInfo?.KnownMemoryBytes ?? 0,
            [.. newest.Select(one => Row(one.Key, one.Value))]);
    }

    private static ProcessRow Row(int pid, ResourceRecord record) => new(pid, Clip(record.Name) ?? throw new FormatException($"Process {pid} has no 'name'"))
    {
        ParentPid = record.Ppid,
        Command = Clip(record.Command),
        WorkingDirectory = Clip(record.WorkingDir),
        Category = Clip(record.Category),
        CpuPercent = Units.NotNegative(record.CpuPercent, "cpu_percent"),
        MemoryBytes = NotZero(Units.Bytes(record.MemoryMb, Units.Mb, "memory_mb")),
        Threads = record.Threads > 0 ? record.Threads : null,
        DiskReadBytes = Units.Bytes(record.DiskReadMb, Units.Mb, "disk_read_mb"),
        DiskWriteBytes = Units.Bytes(record.DiskWriteMb, Units.Mb, "disk_write_mb"),
        NetworkSentBytes = NotZero(Units.Bytes(record.NetSentKb, Units.Kb, "net_sent_kb")),
        NetworkReceivedBytes = NotZero(Units.Bytes(record.NetRecvKb, Units.Kb, "net_recv_kb")),
        StartedAt = NotZero(Units.Bytes(record.CreateTime, 1, "create_time")),
        CpuSeconds = Units.NotNegative(record.CpuTime, "cpu_time"),
    };

    private static long? NotZero(long? value) => value == 0 ? null : value;

    /// <summary>Texts empty are unknown, long ones are cut, never within a character.</summary>
    private static string? Clip(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        while (Encoding.UTF8.GetByteCount(text) is var bytes && bytes > MetricLimits.ProcessTextBytes)
            text = LinkProtocol.Clip(text, Math.Min(text.Length - 1, Math.Max(1, (int)((long)text.Length * MetricLimits.ProcessTextBytes / bytes))));
        return text;
    }

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}
