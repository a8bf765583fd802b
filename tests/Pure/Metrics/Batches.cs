using FsCheck;
using FsCheck.Fluent;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Pure.Metrics;

/// <summary>Valid batches of every shape.</summary>
internal static class Batches
{
    private static readonly double[] s_special =
    [
        0, -0.0, 1, -1, 12.34, 0.1, 99.99, 1e-14, 1e300, double.MaxValue, double.Epsilon, 9_007_199_254_740_992, 9_007_199_254_740_993e3,
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, BitConverter.Int64BitsToDouble(0x7FF0_0000_0000_0002),
        BitConverter.Int64BitsToDouble(unchecked((long)0xFFF8_DEAD_BEEF_0001)), -123456.789,
    ];

    /// <summary>Any bits a double may have, and those that measurements have.</summary>
    public static Gen<double> Value { get; } = Gen.OneOf(
        Gen.Elements(s_special),
        ArbMap.Default.GeneratorFor<double>(),
        Gen.Choose(-1_000_000, 1_000_000).Select(hundredths => hundredths / 100.0),
        ArbMap.Default.GeneratorFor<long>().Select(BitConverter.Int64BitsToDouble));

    public static Arbitrary<MetricBatch> Any { get; } = (
        from boot in Gen.Elements("b", "0f9c", new string('x', 64))
        from seq in Gen.Choose(1, int.MaxValue)
        from times in Gen.ListOf(Gen.ListOf(Time), 3)
        from series in Gen.ListOf(OneSeries([.. times.Select(list => list.ToArray())]))
        from processes in Gen.OneOf(Gen.Constant<ProcessTable?>(null), Processes.Select(table => (ProcessTable?)table))
        select new MetricBatch(boot, (ulong)seq << (seq % 32), [.. series], processes)).ToArbitrary();

    private static Gen<long> Time => Gen.OneOf(
        Gen.Choose(0, 1_000_000).Select(s => 1_700_000_000_000 + s * 1_000L), Gen.Elements(0, MetricLimits.LastTime));

    private static Gen<Label> AnyLabel =>
        from name in Gen.Elements("mount", "device", "cpu", "_x", "job1")
        from value in Gen.Elements("/", "sda", "é", "日本語", "a\"b\\c\nd", new string('v', 1024))
        select new Label(name, value);

    private static Gen<ProcessTable> Processes =>
        from time in Time
        from rows in Gen.ListOf(Row)
        select new ProcessTable(time, rows.Count + 7, 4, 16L << 30, [.. rows]);

    private static Gen<ProcessRow> Row =>
        from pid in Gen.Choose(0, int.MaxValue)
        from name in Gen.Elements("", "java", "ö")
        from text in Gen.Elements(null, "", "java -jar x.jar, --a=b")
        from number in Gen.Elements<long?>(null, 0, -1, long.MaxValue)
        from small in Gen.Elements<int?>(null, 0, int.MaxValue, int.MinValue)
        from value in Gen.OneOf(Gen.Constant<double?>(null), Value.Select(v => (double?)v))
        from swap in Gen.Elements(false, true)
        select new ProcessRow(pid, name)
        {
            ParentPid = small,
            Command = text,
            WorkingDirectory = swap ? text : null,
            Category = swap ? null : text,
            CpuPercent = value,
            MemoryBytes = number,
            Threads = swap ? null : small,
            DiskReadBytes = swap ? number : null,
            DiskWriteBytes = number,
            NetworkSentBytes = swap ? number : null,
            NetworkReceivedBytes = number,
            StartedAt = number,
            CpuSeconds = swap ? value : null,
        };

    /// <summary>Doubles compare by their bits here: NaN has many, and each of them comes back.</summary>
    public static void AssertEqual(MetricBatch expected, MetricBatch actual)
    {
        Assert.Equal((expected.Boot, expected.Seq), (actual.Boot, actual.Seq));
        Assert.Equal(expected.Series.Select(one => one.Series), actual.Series.Select(one => one.Series));
        for (var i = 0; i < expected.Series.Count; i++)
            Assert.Equal(expected.Series[i].Samples.Select(Bits), actual.Series[i].Samples.Select(Bits));
        Assert.Equal(expected.Processes?.Rows.Select(Bits), actual.Processes?.Rows.Select(Bits));
        Assert.Equal(expected.Processes is null ? null : expected.Processes with { Rows = [] },
            actual.Processes is null ? null : actual.Processes with { Rows = [] });
    }

    private static (long, long) Bits(Sample sample) => (sample.Time, BitConverter.DoubleToInt64Bits(sample.Value));

    private static (long?, long?, ProcessRow) Bits(ProcessRow row) => (
        row.CpuPercent is { } cpu ? BitConverter.DoubleToInt64Bits(cpu) : null,
        row.CpuSeconds is { } seconds ? BitConverter.DoubleToInt64Bits(seconds) : null,
        row with { CpuPercent = null, CpuSeconds = null });

    private static Gen<SeriesSamples> OneSeries(long[][] timelines) =>
        from metric in Gen.Elements("cpu", "host_disk_percent", "a:b", "_")
        from labels in Gen.ListOf(AnyLabel)
        from times in Gen.Elements(timelines)
        from values in Gen.ArrayOf(Value, times.Length)
        from repeat in Gen.Choose(0, 2)
        select new SeriesSamples(
            new Series(metric, [.. labels.DistinctBy(label => label.Name)]),
            [.. times.Select((time, i) => new Sample(time, values[repeat == 0 ? 0 : i]))]);
}
