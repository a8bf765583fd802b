using Outrider.Agent.Collectors;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Pure.Collectors;

public sealed class MetricRecorderTests
{
    private const string Boot = "b1";

    [Fact]
    public void Flush_SeveralRuns_AreOneBatchInOrder()
    {
        var recorder = new MetricRecorder(Boot);
        recorder.Take(Run(1_000, ("cpu", 1), ("mem", 5)));
        recorder.Take(Run(2_000, ("cpu", 2)));
        var batch = Assert.Single(recorder.Flush());
        Assert.Equal((Boot, 1UL), (batch.Boot, batch.Seq));
        Assert.Equal(["cpu 1000=1,2000=2", "mem 1000=5"], Shown(batch));
    }

    [Fact]
    public void Flush_NothingMeasured_MakesNoBatchAndUsesNoNumber()
    {
        var recorder = new MetricRecorder(Boot);
        Assert.Empty(recorder.Flush());
        recorder.Take(Run(1, ("cpu", 1)));
        Assert.Equal(1UL, recorder.Flush().Single().Seq);
        Assert.Empty(recorder.Flush());
    }

    [Fact]
    public void Flush_ASeriesPauses_TheTableStaysTheSameBytesForAWhile()
    {
        var recorder = new MetricRecorder(Boot);
        recorder.Take(Run(1, ("a", 1), ("b", 1)));
        var table = Table(recorder.Flush().Single());
        for (var i = 0; i < 29; i++)
        {
            recorder.Take(Run(2, ("b", 1)));
            Assert.Equal(table, Table(recorder.Flush().Single()));
        }
        recorder.Take(Run(3, ("b", 1)));
        recorder.Flush();
        recorder.Take(Run(4, ("b", 1)));
        Assert.Equal(["b 4=1"], Shown(recorder.Flush().Single()));
    }

    [Fact]
    public void Flush_MoreThanAFrameCarries_MakesSeveralBatches()
    {
        var recorder = new MetricRecorder(Boot, maxBytes: 2_000);
        recorder.Take(Run(1, [.. Enumerable.Range(0, 500).Select(i => ($"metric_of_some_length_{i}", i * 1.25))]));
        var batches = recorder.Flush();
        Assert.True(batches.Count > 4);
        Assert.Equal(Enumerable.Range(1, batches.Count).Select(i => (ulong)i), batches.Select(batch => batch.Seq));
        Assert.All(batches, batch => Assert.InRange(batch.Bytes.Length, 1, 2_000));
        Assert.Equal(500, batches.Sum(batch => Shown(batch).Count()));
        Assert.Equal(0, recorder.Refused);
    }

    [Fact]
    public void Flush_ProcessesDoNotFit_KeepsTheFirst()
    {
        var recorder = new MetricRecorder(Boot, maxBytes: 1_000);
        var readings = Run(1, ("cpu", 1));
        readings.Processes = new ProcessTable(1, 40, 1, 1, [.. Enumerable.Range(1, 40).Select(pid => new ProcessRow(pid, "x") { Command = new string('c', 100) })]);
        recorder.Take(readings);
        var batches = recorder.Flush();
        Assert.Equal(2, batches.Count);
        Assert.Equal(["cpu 1=1"], Shown(batches[0]));
        Assert.Equal([1, 2, 3, 4, 5], Decode(batches[1]).Processes!.Rows.Select(row => row.Pid));
    }

    [Fact]
    public void Take_NobodyMakesBatches_StaysBoundedAndCounts()
    {
        var recorder = new MetricRecorder(Boot);
        var readings = Run(1, [.. Enumerable.Range(0, 10_000).Select(i => ($"m{i}", 1.0))]);
        for (var i = 0; i < 30; i++)
            recorder.Take(readings);
        Assert.True(recorder.IsFull);
        Assert.Equal(100_000, recorder.Refused);
    }

    private static Readings Run(long time, params (string Metric, double Value)[] values)
    {
        var readings = new Readings();
        readings.Begin(time);
        foreach (var (metric, value) in values)
            readings.Add(new Series(metric), value);
        return readings;
    }

    private static MetricBatch Decode(EncodedBatch batch) => MetricBatchCodec.Decode(batch.Bytes.Span).Value!;

    private static byte[] Table(EncodedBatch batch) => batch.Bytes[MetricBatchCodec.ReadLayout(batch.Bytes.Span).Value.SeriesTable].ToArray();

    private static IEnumerable<string> Shown(EncodedBatch batch) =>
        Decode(batch).Series.Select(one => $"{one.Series} {string.Join(',', one.Samples.Select(sample => $"{sample.Time}={sample.Value}"))}");
}
