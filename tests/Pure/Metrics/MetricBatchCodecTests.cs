using FsCheck;
using FsCheck.Fluent;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;
using Outrider.Tests.Pure.Fuzzing;

namespace Outrider.Tests.Pure.Metrics;

public sealed class MetricBatchCodecTests
{
    /// <summary>The example of docs/formats/metric-batch.md.</summary>
    private static readonly MetricBatch s_example = new(
        "b1", 7,
        [
            new SeriesSamples(new Series("cpu"), [new Sample(1_000, 12.34)]),
            new SeriesSamples(new Series("disk", new Label("mount", "/")), [new Sample(1_000, -2), new Sample(2_000, -2)]),
        ]);

    private static readonly byte[] s_exampleBytes =
    [
        0x01, 0x02, 0x62, 0x31, 0x07,
        0x01, 0x19, 0x04, 0x03, 0x63, 0x70, 0x75, 0x04, 0x64, 0x69, 0x73, 0x6B, 0x05, 0x6D, 0x6F, 0x75, 0x6E, 0x74, 0x01, 0x2F,
        0x02, 0x00, 0x00, 0x01, 0x01, 0x02, 0x03,
        0x02, 0x12, 0x02, 0x01, 0xD0, 0x0F, 0x02, 0x00, 0xD0, 0x0F, 0x01, 0x01, 0x01, 0x02,
        0x22, 0xA4, 0x09, 0x01, 0x03, 0xF1,
    ];

    public static TheoryData<MetricBatch, string> Refused => new()
    {
        { new MetricBatch("", 1, []), "its boot is not" },
        { new MetricBatch("b 1", 1, []), "its boot is not" },
        { new MetricBatch("b", 0, []), "its number is 0" },
        { With(new Series("1cpu")), "'1cpu' can't name a metric" },
        { With(new Series("")), "'' can't name a metric" },
        { With(new Series(new string('x', 129))), "can't name a metric" },
        { With(new Series("cpu", new Label("agent", "a"))), "'agent' can't name a label" },
        { With(new Series("cpu", new Label("tenant", "a"))), "'tenant' can't name a label" },
        { With(new Series("cpu", new Label("__name__", "a"))), "'__name__' can't name a label" },
        { With(new Series("cpu", new Label("a-b", "a"))), "'a-b' can't name a label" },
        { With(new Series("cpu", new Label("a", ""))), "is empty; leave it out" },
        { With(new Series("cpu", new Label("a", "1"), new Label("a", "2"))), "has the label a twice" },
        { With(new Series("cpu", new Label("a", new string('é', 513)))), "longer than 1024 bytes" },
        { With(new Series("cpu", [.. Enumerable.Range(0, 33).Select(i => new Label($"l{i}", "x"))])), "has 33 labels" },
        { new MetricBatch("b", 1, [new SeriesSamples(new Series("cpu"), [new Sample(-1, 0)])]), "before 1970" },
        { new MetricBatch("b", 1, [new SeriesSamples(new Series("cpu"), [new Sample(MetricLimits.LastTime + 1, 0)])]), "after the year 9999" },
        { new MetricBatch("b", 1, [.. Enumerable.Range(0, 20_001).Select(i => new SeriesSamples(new Series($"m{i}"), []))]), "20001 series" },
        { new MetricBatch("b", 1, [new SeriesSamples(new Series("m"), new Sample[200_001])]), "200001 samples" },
        { new MetricBatch("b", 1, [new SeriesSamples(new Series("m"), [.. Hard(150_000)])]), "bytes; at most 1048576" },
        { new MetricBatch("b", 1, [], new ProcessTable(0, 1, 1, 1, [new ProcessRow(1, new string('x', 4097))])), "longer than 4096 bytes" },
        { new MetricBatch("b", 1, [], new ProcessTable(0, 1, 1, 1, [.. Enumerable.Range(0, 4097).Select(i => new ProcessRow(i, "x"))])), "4097 processes" },
    };

    [Fact]
    public void Encode_TheExample_GivesTheBytesOfTheSpecification()
    {
        var bytes = MetricBatchCodec.Encode(s_example).Value!;
        Assert.Equal(Convert.ToHexString(s_exampleBytes), Convert.ToHexString(bytes));
    }

    [Fact]
    public void Decode_WhatWasEncoded_ComesBack() => Prop.ForAll(Batches.Any, batch =>
    {
        var read = MetricBatchCodec.Decode(MetricBatchCodec.Encode(batch).Value);
        Assert.Null(read.Problem);
        Batches.AssertEqual(batch, read.Value!);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Refused))]
    public void Encode_WhatBreaksARule_SaysWhich(MetricBatch batch, string text)
    {
        var problem = MetricBatchCodec.Encode(batch).Problem;
        Assert.Equal(ProblemCodes.BatchInvalid, problem?.Code);
        Assert.Contains(text, problem!.Message);
    }

    [Fact]
    public void Decode_ABlockOfAnUnknownKind_SkipsIt()
    {
        byte[] bytes = [.. s_exampleBytes, 0x63, 0x02, 0xAA, 0xBB];
        Batches.AssertEqual(s_example, MetricBatchCodec.Decode(bytes).Value!);
    }

    /// <summary>What a mutation hardly ever hits: changes of the example that leave it whole but wrong.</summary>
    [Theory]
    [InlineData("02 02 62 31 07", "version")]
    [InlineData("01 02 62 20 07", "boot is not printable")]
    [InlineData("01 02 62 31 00", "begin at 1")]
    [InlineData("01 02 62 31 07 01 02 00 00", "series table without samples")]
    [InlineData("01 02 62 31 07 02 02 00 00", "series table without samples")]
    [InlineData("01 02 62 31 07 01 02 00 00 01 02 00 00", "two blocks of kind 1")]
    [InlineData("01 02 62 31 07 01 02 00 00 02 01 00", "series table is empty")]
    [InlineData("01 02 62 31 07 01 03 FF FF 03 02 01 00", "it ends in the middle")]
    [InlineData("01 02 62 31 07 01 03 FF FF 7F 02 01 00", "2097151 different strings; at most 65536")]
    [InlineData("01 02 62 31 07 01 7F", "it ends in the middle")]
    [InlineData("01 02 62 31 07 01 07 01 01 61 01 00 02 00 02 01 00", "it ends in the middle")]
    [InlineData("01 02 62 31 07 01 06 01 01 61 01 00 00 02 03 00 02 00", "runs don't cover")]
    [InlineData("01 02 62 31 07 01 06 01 01 61 01 00 00 02 03 00 01 01", "list of times 1 of 1")]
    [InlineData("01 02 62 31 07 01 06 01 01 61 01 00 00 02 05 01 01 01 01 01", "before 1970")]
    [InlineData("01 02 62 31 07 01 06 01 01 61 01 00 00 02 07 01 01 00 01 01 F1 00", "a value in it can't be read")]
    [InlineData("01 02 62 31 07 01 06 01 01 61 01 00 00 02 07 01 01 00 01 01 00 00", "bytes follow its end")]
    [InlineData("01 02 62 31 07 01 06 01 01 FF 01 00 00 02 03 00 01 00", "not UTF-8")]
    [InlineData("01 02 62 31 07 01 80 80 80 80 80 80 80 80 80 02", "a number in it is not whole")]
    public void Decode_WrongBytes_SaysWhatIsWrong(string hex, string text)
    {
        var problem = MetricBatchCodec.Decode(Convert.FromHexString(hex.Replace(" ", ""))).Problem;
        Assert.Equal(ProblemCodes.BatchInvalid, problem?.Code);
        Assert.Contains(text, problem!.Message);
    }

    /// <summary>20 000 series of the same 200 000 times would be 4 000 000 000 samples of a few bytes.</summary>
    [Fact]
    public void Decode_ManySamplesFromFewBytes_RefusesBeforeItMakesRoom()
    {
        List<byte> table = [0x01, 0x01, (byte)'a', 0xA0, 0x9C, 0x01];
        for (var i = 0; i < 20_000; i++)
            table.AddRange([0, 0]);
        List<byte> samples = [0x01, 0xC0, 0x9A, 0x0C, .. new byte[200_000], 0xA0, 0x9C, 0x01, 0x01];
        byte[] bytes = [1, 1, (byte)'b', 1, 1, .. Length(table.Count), .. table, 2, .. Length(samples.Count), .. samples];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var problem = MetricBatchCodec.Decode(bytes).Problem;
        Assert.Contains("4000000000 samples", problem?.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000);
    }

    [Fact]
    public void Decode_RandomAndMutatedBytes_AnswersWithinTheLimits()
    {
        var mutator = new Mutator(seed: 20261120);
        var whole = Batches.Any.Generator.Sample(30, 30).Select(batch => MetricBatchCodec.Encode(batch).Value!).Append(s_exampleBytes).ToArray();
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = i % 4 == 0 ? [1, 1, (byte)'b', 1, .. mutator.Next()] : mutator.Mutate(whole[i % whole.Length]);
            var outcome = MetricBatchCodec.Decode(bytes);
            if (!outcome.Ok)
            {
                Assert.Equal(ProblemCodes.BatchInvalid, outcome.Problem.Code);
                continue;
            }
            // What was read can be written again, and is the same again.
            read++;
            Batches.AssertEqual(outcome.Value, MetricBatchCodec.Decode(MetricBatchCodec.Encode(outcome.Value).Value).Value!);
        }
        Assert.InRange(read, 500, 19_500);
    }

    [Fact]
    public void Encode_AReportOf200Series_TakesAFewBytesASample()
    {
        var random = new Random(1);
        var series = Enumerable.Range(0, 200)
            .Select(i => new SeriesSamples(
                new Series($"host_metric_{i / 4}", new Label("device", $"d{i % 4}")), [new Sample(1_700_000_000_000, random.Next(10_000) / 100.0)]))
            .ToArray();
        var bytes = MetricBatchCodec.Encode(new MetricBatch("b", 1, series)).Value!;
        var layout = MetricBatchCodec.ReadLayout(bytes).Value;
        Assert.InRange(bytes[layout.Samples].Length, 200, 200 * 3 + 20);
        Assert.InRange(bytes.Length, 200, 3_000);
    }

    private static MetricBatch With(Series series) => new("b", 1, [new SeriesSamples(series, [])]);

    private static IEnumerable<Sample> Hard(int count) => Enumerable.Range(0, count).Select(i => new Sample(i, Math.Sqrt(i + 0.5)));

    private static byte[] Length(int value) => [(byte)(value | 0x80), (byte)(value >> 7 | 0x80), (byte)(value >> 14)];
}
