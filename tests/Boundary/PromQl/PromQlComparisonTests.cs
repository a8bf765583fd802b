namespace Outrider.Tests.Boundary.PromQl;

/// <summary>Our PromQL beside a real Prometheus, on the same data.</summary>
public sealed class PromQlComparisonTests(PromQlPair pair) : IClassFixture<PromQlPair>
{
    private const int Minute = 60_000;

    private static readonly long s_end = PromQlData.Now.ToUnixTimeMilliseconds();

    /// <summary>Among gaps, at the start, on a boundary, and when the last values are about to be too old.</summary>
    private static readonly long[] s_times =
        [s_end - 84 * Minute - 1, s_end - 180 * Minute + 30_001, s_end - 60 * Minute, s_end, s_end + 5 * Minute - 5_000, s_end + 20 * Minute];

    /// <summary>Start, end and step.</summary>
    private static readonly (long Start, long End, long Step)[] s_ranges =
    [
        (s_end - 95 * Minute, s_end - 60 * Minute, 13_700),
        (s_end - 200 * Minute, s_end + 10 * Minute, 7 * Minute),
        (s_end - 10 * Minute, s_end - 10 * Minute, 1_000),
    ];

    public static TheoryData<string> Expressions => [.. PromQlExpressions.All];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task Expression_IsAnsweredAsByPrometheus(string expression) => await CompareAsync(expression);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task RandomExpressions_AreAnsweredAsByPrometheus(int seed)
    {
        var grammar = new PromQlGrammar(seed);
        for (var i = 0; i < 50; i++)
            await CompareAsync(grammar.Vector(depth: 1 + i % 3));
    }

    [Theory]
    [InlineData("1435781451.781")]
    [InlineData("NaN")]
    [InlineData("-1/0")]
    [InlineData("123456789012345678901")]
    [InlineData("0.1 + 0.2")]
    [InlineData("host_memory_total_bytes{agent='prod-1'} * 1e11")]
    [InlineData("host_memory_total_bytes{agent='prod-1'} * 1.25e12")]
    [InlineData("-host_memory_total_bytes{agent='prod-1'} * 1.25e-15")]
    [InlineData("-host_memory_total_bytes{agent='prod-1'} * 1.25e-25")]
    [InlineData("host_memory_total_bytes{agent='prod-1'} / 0")]
    [InlineData("1e-6")]
    [InlineData("-0.0000012345")]
    [InlineData("0 * -1")]
    [InlineData("'text'")]
    [InlineData("host_cpu_percent{agent='prod-1'}")]
    [InlineData("quoted{agent='prod-1'}[1m]")]
    [InlineData("topk(3, requests_total)")]
    [InlineData("bottomk(5, weird)")]
    public async Task Query_WholeAnswer_IsTheSameText(string expression)
    {
        (string, string)[] parameters = [("query", expression), ("time", $"{(s_end - 7) / 1000m}")];

        Assert.Equal(await pair.Theirs.PostAsync("/query", parameters), await pair.Ours.PostAsync("/query", parameters));
    }

    [Theory]
    [InlineData("/labels")]
    [InlineData("/labels?match[]=requests_total&match[]=weird")]
    [InlineData("/label/agent/values")]
    [InlineData("/label/__name__/values")]
    [InlineData("/label/__name__/values?match[]={agent=\"prod-2\",cpu=\"\"}")]
    [InlineData("/label/code/values?match[]=requests_total{code!=\"200\"}")]
    [InlineData("/label/nothing/values")]
    [InlineData("/series?match[]=requests_total{agent=\"prod-1\"}&match[]=quoted&match[]={__name__=~\"requests.*\",code=\"200\"}")]
    [InlineData("/query_range?query=slow_total&start=2026-01-10T08:00:00Z&end=2026-01-10T08:10:00.5%2B00:00&step=1m")]
    [InlineData("/query?query=host_load1&time=2026-01-10T08:00:00.250Z&timeout=10s")]
    public async Task Listing_WholeAnswer_IsTheSameText(string address) =>
        Assert.Equal(await pair.Theirs.GetAsync(address), await pair.Ours.GetAsync(address));

    [Theory]
    [InlineData("/query")]
    [InlineData("/query?query=1&time=yesterday")]
    [InlineData("/query?query=1&timeout=long")]
    [InlineData("/query_range?query=1&start=1&end=2")]
    [InlineData("/query_range?query=1&start=2&end=1&step=1")]
    [InlineData("/query_range?query=1&start=1&end=2&step=0")]
    [InlineData("/query_range?query=1&start=1&end=2&step=-1")]
    [InlineData("/query_range?query=1&start=0&end=11001&step=1")]
    [InlineData("/query_range?query=1&start=0&end=11000&step=1")]
    [InlineData("/series")]
    [InlineData("/series?match[]=1")]
    [InlineData("/series?match[]=a[5m]")]
    [InlineData("/labels?match[]=")]
    [InlineData("/labels?start=x")]
    [InlineData("/label/1a/values")]
    public async Task Parameters_OddOrWrong_AreTakenAsByPrometheus(string address)
    {
        var (theirs, ours) = (await pair.Theirs.GetAsync(address), await pair.Ours.GetAsync(address));

        Assert.Equal(theirs.Status, ours.Status);
        if (theirs.Status != 200)
            Assert.Equal(TypeOf(theirs.Body), TypeOf(ours.Body));
    }

    private static string TypeOf(string error) => System.Text.Json.JsonDocument.Parse(error).RootElement.GetProperty("errorType").GetString()!;

    private async Task CompareAsync(string expression)
    {
        foreach (var time in s_times)
        {
            var difference = (await pair.Ours.QueryAsync(expression, time)).DifferenceFrom(await pair.Theirs.QueryAsync(expression, time));
            Assert.True(difference is null, $"{expression} at {time - s_end} ms: {difference}");
        }
        foreach (var (start, end, step) in s_ranges)
        {
            var difference = (await pair.Ours.QueryAsync(expression, start, end, step))
                .DifferenceFrom(await pair.Theirs.QueryAsync(expression, start, end, step));
            Assert.True(difference is null, $"{expression} from {start - s_end} to {end - s_end} by {step} ms: {difference}");
        }
    }
}
