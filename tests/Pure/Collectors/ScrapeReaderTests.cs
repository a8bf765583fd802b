using System.Text;
using Outrider.Agent.Collectors;
using Outrider.Agent.Collectors.Scraping;
using Outrider.Tests.Pure.Fuzzing;

namespace Outrider.Tests.Pure.Collectors;

public sealed class ScrapeReaderTests
{
    private const string Text = """
        # HELP starrocks_fe_query_total The total.
        # TYPE starrocks_fe_query_total counter
        starrocks_fe_query_total 42
        starrocks_fe_query_latency_ms{quantile="0.999"} 12.5 1700000000000
        starrocks_fe_table_num{db="a{b}\"c\"\n\\d", tbl = "t",} 7
        jvm_heap_size_bytes{type="used"} 1.5e+08
        a_nan NaN
        a_inf{le="+Inf"} +Inf
        """;

    private static readonly ScrapeTarget s_all = new("fe1", "http://fe1:8030/metrics");

    [Fact]
    public void Read_RealText_GivesEachSampleItsEndpoint() => Assert.Equal(
        [
            "starrocks_fe_query_total{endpoint=\"fe1\"}=42",
            "starrocks_fe_query_latency_ms{endpoint=\"fe1\",quantile=\"0.999\"}=12.5",
            "starrocks_fe_table_num{db=\"a{b}\\\"c\\\"\\n\\\\d\",endpoint=\"fe1\",tbl=\"t\"}=7",
            "jvm_heap_size_bytes{endpoint=\"fe1\",type=\"used\"}=150000000",
            "a_nan{endpoint=\"fe1\"}=NaN",
            "a_inf{endpoint=\"fe1\",le=\"+Inf\"}=Infinity",
        ],
        Read(s_all, Text));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Read_TextInPieces_GivesTheSame(int piece) => Assert.Equal(Read(s_all, Text), Read(s_all, Text, piece));

    [Theory]
    [InlineData("x")]
    [InlineData("x{")]
    [InlineData("x{} ")]
    [InlineData("x{a} 1")]
    [InlineData("x{a=} 1")]
    [InlineData("x{a=\"b} 1")]
    [InlineData("x{a=\"b\" c=\"d\"} 1")]
    [InlineData("x{a=\"b\",a=\"c\"} 1")]
    [InlineData("x 1x")]
    [InlineData("x 0x10")]
    [InlineData("9x 1")]
    [InlineData("x-y 1")]
    [InlineData("{a=\"b\"} 1")]
    [InlineData("x{__name__=\"y\"} 1")]
    public void Read_WrongLine_IsSkippedAndTheNextIsRead(string line) =>
        Assert.Equal(["good{endpoint=\"fe1\"}=1"], Read(s_all, line + "\ngood 1\n"));

    [Fact]
    public void Read_LabelsOfOurs_AreKeptAsExported() => Assert.Equal(
        ["x{endpoint=\"fe1\",exported_agent=\"a\",exported_endpoint=\"e\",exported_tenant=\"t\"}=1"],
        Read(s_all, "x{agent=\"a\",tenant=\"t\",endpoint=\"e\",empty=\"\"} 1"));

    [Fact]
    public void Read_Rules_FirstThatFitsDecides()
    {
        var target = s_all with
        {
            Rules = [new("q_*", "state", "internal*", Drop: true), new("q_total"), new("*_bytes", "type", "used")],
            DropLabels = ["host"],
        };
        Assert.Equal(
            ["q_total{endpoint=\"fe1\"}=1", "heap_bytes{endpoint=\"fe1\",type=\"used\"}=4"],
            Read(target, "q_total{host=\"h\"} 1\nq_total{state=\"internal_1\"} 2\nq_other 3\nheap_bytes{type=\"used\"} 4\nheap_bytes{type=\"max\"} 5\n"));
    }

    [Fact]
    public void Read_OnlyDropRules_KeepsTheRest() => Assert.Equal(
        ["b{endpoint=\"fe1\"}=2"], Read(s_all with { Rules = [new("a*", Drop: true)] }, "a 1\nab 1\nb 2\n"));

    [Fact]
    public void Read_KnownKind_KeepsWhatTellsHowANodeIs()
    {
        var kept = Read(s_all with { Kind = "starrocks_fe" }, "starrocks_fe_query_total 1\nstarrocks_fe_table_num{tbl=\"t\"} 1\njvm_thread{type=\"count\"} 2\n");
        Assert.Equal(["starrocks_fe_query_total{endpoint=\"fe1\"}=1", "jvm_thread{endpoint=\"fe1\",type=\"count\"}=2"], kept);
        Assert.Equal(
            ["starrocks_be_cpu{device=\"cpu\",endpoint=\"be1\",mode=\"user\"}=1"],
            Read(new ScrapeTarget("be1", "http://be1:8040/metrics", Kind: "starrocks_be"), "starrocks_be_cpu{device=\"cpu\",mode=\"guest_nice\"} 1\nstarrocks_be_cpu{device=\"cpu\",mode=\"user\"} 1\n"));
    }

    [Fact]
    public void Read_MoreThanAllowed_CountsTheRest()
    {
        var reader = new ScrapeReader(s_all with { MaxSamples = 2 });
        var readings = new Readings();
        reader.Begin();
        reader.Read("a 1\nb 1\nc 1\nd 1\n"u8, readings);
        reader.End(readings);
        Assert.Equal((2, 2, 2), (reader.Kept, reader.LeftOut, readings.Values.Count));
    }

    [Fact]
    public void Read_EndlessLine_IsSkippedUnheld() => Assert.Equal(
        ["good{endpoint=\"fe1\"}=1"], Read(s_all, "x{a=\"" + new string('b', 3 * ScrapeReader.MaxLineBytes) + "\"} 1\ngood 1\n", piece: 1000));

    [Fact]
    public void Read_SecondScrape_GivesTheSameSeriesObjects()
    {
        var reader = new ScrapeReader(s_all);
        var (first, second) = (new Readings(), new Readings());
        foreach (var readings in new[] { first, second })
        {
            reader.Begin();
            reader.Read(Encoding.UTF8.GetBytes(Text), readings);
            reader.End(readings);
        }
        Assert.All(first.Values.Zip(second.Values), pair => Assert.Same(pair.First.Series, pair.Second.Series));
    }

    [Fact]
    public void Read_MutatedTexts_NeverThrowAndGiveOnlyValidSeries()
    {
        var mutator = new Mutator(seed: 6);
        var reader = new ScrapeReader(s_all);
        foreach (var line in Text.Split('\n'))
        {
            for (var i = 0; i < 3_000; i++)
            {
                var readings = new Readings();
                reader.Begin();
                reader.Read(i % 10 == 0 ? mutator.Next() : mutator.Mutate(Encoding.UTF8.GetBytes(line)), readings);
                reader.End(readings);
                Assert.All(readings.Values, one => Assert.Null(one.Series.Fault()));
            }
        }
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "ab", false)]
    [InlineData("abc", "*", true)]
    [InlineData("abc", "a*c", true)]
    [InlineData("abc", "*b*", true)]
    [InlineData("abc", "a**", true)]
    [InlineData("abab", "*ab", true)]
    [InlineData("aba", "*ab", false)]
    [InlineData("", "*", true)]
    public void Fits_Pattern_StarsStandForAnything(string text, string pattern, bool fits) =>
        Assert.Equal(fits, ScrapeRule.Fits(Encoding.UTF8.GetBytes(text), pattern));

    [Fact]
    public void Fits_HostilePattern_TakesNoLongerThanTextTimesPattern() =>
        Assert.False(ScrapeRule.Fits(Encoding.UTF8.GetBytes(new string('a', 5_000)), string.Concat(Enumerable.Repeat("a*", 50)) + "b"));

    [Theory]
    [InlineData("fe 1", "http://a/", null, "can't be a name")]
    [InlineData("fe1", "ftp://a/", null, "http or https")]
    [InlineData("fe1", "http://a/", "mysql", "starrocks_fe or starrocks_be")]
    public void Fault_WrongTarget_SaysWhatToChange(string endpoint, string url, string? kind, string says) =>
        Assert.Contains(says, new ScrapeTarget(endpoint, url, kind).Fault());

    private static List<string> Read(ScrapeTarget target, string text, int piece = int.MaxValue)
    {
        var reader = new ScrapeReader(target);
        var readings = new Readings();
        reader.Begin();
        foreach (var chunk in Encoding.UTF8.GetBytes(text).Chunk(piece))
            reader.Read(chunk, readings);
        reader.End(readings);
        return [.. readings.Values.Select(one => $"{one.Series}={one.Value}")];
    }
}
