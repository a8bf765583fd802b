using System.Text;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Protocol.Outcomes;
using Outrider.Tests.Pure.Fuzzing;

namespace Outrider.Tests.Pure.PromQl;

/// <summary>What isn't compared with a real Prometheus (tests/Boundary/PromQl): what we don't have, and that nothing breaks the parser.</summary>
public sealed class PromQlParserTests
{
    private static readonly string[] s_expressions =
    [
        "1 + 2 * 3 ^ -4 ^ 5 - (6 - 7)", "-(-1)", "-x ^ 2", "(-x) ^ 2", "--x", "NaN == bool -Inf", "1e300 * 0x1f", "\"a \\\"\\\\\\n\\u00e9\"",
        "host_load1{agent=~\"prod-.*\",x!=\"\",y!~'a|b',z=`\\`}[1h30m] offset -1d", "{__name__=~\"host.*\"} offset 5m",
        "sum by (agent, __name__) (rate(requests_total[5m])) / on (agent) sum without () (quantile_over_time(0.5 + 0.4, x[1y2w3d4h5m6s7ms]))",
        "topk(3, a) by (b) and ignoring (c) d or (e unless f) > bool 1", "bottomk(1, quantile(0.9, max(min(avg(count(x))))))", "a % b != c # end",
    ];

    [Theory]
    [InlineData("deriv(x[5m])", "The function 'deriv'", 1)]
    [InlineData("1 + histogram_quantile(0.9, x)", "The function 'histogram_quantile'", 5)]
    [InlineData("stddev by (a) (x)", "The aggregation stddev", 1)]
    [InlineData("count_values(\"v\", x)", "The aggregation count_values", 1)]
    [InlineData("rate(x[5m])[1h:1m]", "A range of anything but a selector", 12)]
    [InlineData("max_over_time(x[1h:1m])", "A subquery", 19)]
    [InlineData("(x)[1h:]", "A range of anything but a selector", 4)]
    [InlineData("x @ 1", "The modifier @", 3)]
    [InlineData("a / on (b) group_left (c) d", "Matching of many to one (group_left)", 12)]
    [InlineData("a / ignoring (b) GROUP_RIGHT d", "Matching of many to one (GROUP_RIGHT)", 18)]
    [InlineData("vector(1)", "The function 'vector'", 1)]
    public void Parse_WhatPrometheusHasAndWeDont_NamesItAndItsPlace(string query, string construct, int position)
    {
        var problem = PromQlParser.Parse(query).Problem!;

        Assert.Equal(ProblemCodes.InvalidArgument, problem.Code);
        Assert.Equal($"{construct}, at character {position}, is not supported. docs/promql.md lists what is.", problem.Message);
        Assert.Equal($"{position}", problem.Details!["position"]);
    }

    [Fact]
    public void Parse_Printed_ReadsAsTheSame()
    {
        foreach (var query in s_expressions)
        {
            var expression = PromQlParser.Parse(query);
            Assert.True(expression.Ok, $"{query}: {expression.Problem?.Message}");
            Assert.Equal(expression.Value.ToString(), PromQlParser.Parse(expression.Value.ToString()).Value?.ToString());
        }
    }

    [Theory]
    [InlineData("1 + 2 * 3", "1 + (2 * 3)")]
    [InlineData("-a ^ b", "-({__name__=\"a\"} ^ {__name__=\"b\"})")]
    [InlineData("2 ^ 3 ^ 4", "2 ^ (3 ^ 4)")]
    [InlineData("a or b and c == 1 + 2", "{__name__=\"a\"} or ({__name__=\"b\"} and ({__name__=\"c\"} == (1 + 2)))")]
    [InlineData("SUM(x) BY (a)", "sum by (a)({__name__=\"x\"})")]
    public void Parse_Precedence_IsPrometheus(string query, string printed) => Assert.Equal(printed, PromQlParser.Parse(query).Value!.ToString());

    [Fact]
    public void Parse_MutatedText_AnswersAndPrintsBack()
    {
        var mutator = new Mutator(1);
        for (var i = 0; i < 40_000; i++)
        {
            var query = Encoding.UTF8.GetString(mutator.Mutate(Encoding.UTF8.GetBytes(s_expressions[i % s_expressions.Length])));
            var expression = PromQlParser.Parse(query);
            if (expression.Ok)
                Assert.Equal(expression.Value.ToString(), PromQlParser.Parse(expression.Value.ToString()).Value?.ToString());
            else
                Assert.Equal(ProblemCodes.InvalidArgument, expression.Problem.Code);
        }
    }

    [Fact]
    public void Parse_TooDeepOrTooLong_IsRefused()
    {
        string[] queries =
        [
            new string('(', 20_000), new string('-', 20_000) + "x", string.Join('+', Enumerable.Repeat("x", 10_000)),
            string.Join('^', Enumerable.Repeat("x", 10_000)), string.Concat(Enumerable.Repeat("sum(", 5_000)), new string('1', 40_000),
        ];

        Assert.All(queries, query => Assert.Equal(ProblemCodes.InvalidArgument, PromQlParser.Parse(query).Problem!.Code));
    }

    [Fact]
    public void ParseSelector_AnythingElse_IsRefused()
    {
        Assert.Equal(new LabelMatcher("__name__", MatchOperator.Equal, "up"), Assert.Single(PromQlParser.ParseSelector("up").Value!.Matchers));
        Assert.All(["1", "up[5m]", "up offset 5m", "-up", "up + 1", ""], text => Assert.NotNull(PromQlParser.ParseSelector(text).Problem));
    }
}
