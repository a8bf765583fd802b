namespace Outrider.Tests.Boundary.PromQl;

/// <summary>Expressions that a Prometheus and we must answer alike, the wrong ones too.</summary>
internal static class PromQlExpressions
{
    public static string[] All { get; } =
    [
        // Numbers and strings.
        "1", "-1", "+1", ".5", "1e3", "1e-3", "1E+3", "0x1F", "017", "08", "Inf", "-Inf", "NaN", "iNf", "1e21", "1e20", "123456789012345678901",
        "0.1+0.2", "1e-7", "1e-6", "0.000012345", "1/0", "-1/0", "0/0", "5 % 3", "-5 % 3", "5 % -3", "5.5 % 2", "2 ^ 3 ^ 2", "-2 ^ 2", "(-2) ^ 2",
        "2 ^ -1", "2 ^ -1 * 4", "2 * 3 + 4 * 5 - 6 / 4", "1 - 1 - 1", "1 - (1 - 1)", "--1", "+-+1", "1 == bool 1", "1 != bool 1",
        "1 > bool 2", "1 < bool 2", "1 >= bool 1", "1 <= bool 0", "NaN == bool NaN", "1 + 2 > bool 2 * 1", "-(1 + 2)",
        "\"a \\\"b\\\" \\\\ \\n \\t \\x41 \\101 \\u00e9 \\U0001F600\"", "'single \"'", "`raw \\n \"`", "'\\xc3\\xa9'",
        // Selectors.
        "host_cpu_percent", "host_cpu_percent{}", "host_cpu_percent{agent=\"prod-1\"}", "host_cpu_percent{agent!=\"prod-1\"}",
        "host_cpu_percent{agent=~\"prod-.*\"}", "host_cpu_percent{agent=~\"prod\"}", "host_cpu_percent{agent!~\"prod-.|x\"}",
        "host_cpu_percent{agent=~\"prod-1|test-1\"}", "{__name__=\"host_cpu_percent\"}", "{__name__=~\"host_.*\", agent=\"prod-2\"}",
        "{__name__=~\"host_cpu.+\",cpu=\"\"}", "{__name__!~\"host.*|quoted|weird\", agent=\"prod-2\"}", "host_cpu_core_percent{cpu!=\"\"}",
        "host_cpu_core_percent{nothing=\"\"}", "host_cpu_core_percent{nothing!=\"\"}", "requests_total{code=~\"4..|5..\",method=\"get\",}",
        "nothing_here", "sparse", "once", "weird", "scrape_up == 0", "quoted{path=\"/a \\\"b\\\" \\\\c\\nd\"}", "quoted{who='日本語 é'}",
        "quoted{path=~`/a \"b\" .*`}", "quoted{path=~\"/a.*d\"}", "requests_total{method=~\"(?i)GET\"}", "host_cpu_percent # a comment\n{agent='prod-1'}",
        "host_cpu_percent offset 1h", "host_cpu_percent offset -10m", "host_cpu_percent offset 1h30m5s10ms", "sparse offset 3m", "once offset 1h",
        "host_cpu_percent offset 1w", "host_cpu_core_percent{__name__=~\".*core.*\"}",
        // Range vectors and their functions.
        "host_cpu_percent[1m]", "(host_cpu_percent[1m])", "weird[90s] offset 5m", "once[2h]", "{agent=\"prod-1\",__name__=~\"host_load.\"}[30s]",
        "rate(requests_total[1m])", "rate(requests_total[5m])", "rate(requests_total[1h])", "rate(requests_total[14s])", "rate(requests_total[17s])",
        "increase(requests_total[5m])", "increase(slow_total[10m])", "increase(slow_total[3h])", "rate(slow_total[2m])", "irate(requests_total[5m])",
        "irate(requests_total[20s])", "delta(host_load1[5m])", "delta(weird[5m])", "rate(weird[5m])", "increase(sparse[30m])", "rate(once[2h])",
        "irate(sparse[30m])", "delta(requests_total[10m] offset 20m)", "rate(requests_total[5m] offset -5m)", "rate(host_memory_total_bytes[5m])",
        "avg_over_time(host_cpu_percent[5m])", "avg_over_time(weird[2m])", "sum_over_time(host_cpu_percent[5m])", "sum_over_time(weird[1m])",
        "min_over_time(weird[3m])", "max_over_time(weird[3m])", "min_over_time(host_load1[20m])", "max_over_time(host_load1[20m])",
        "count_over_time(host_cpu_percent[1m])", "count_over_time(sparse[10m])", "last_over_time(sparse[10m])", "last_over_time(once[2h])",
        "quantile_over_time(0.9, host_cpu_percent[10m])", "quantile_over_time(0.5, weird[2m])", "quantile_over_time(-1, host_cpu_percent[1m])",
        "quantile_over_time(2, host_cpu_percent[1m])", "quantile_over_time(NaN, host_cpu_percent[1m])", "quantile_over_time(0.25 * 2, weird[2m])",
        "quantile_over_time(1, host_cpu_percent[1m])", "quantile_over_time(0, once[3h])", "avg_over_time(host_memory_used_bytes[1h])",
        "rate({__name__=~\"host_memory_.*\"}[5m])", "last_over_time({__name__=~\"host_memory_.*\"}[5m])", "rate(nothing_here[5m])",
        "max_over_time(host_cpu_percent[1y2w3d])", "-rate(requests_total{code=\"200\"}[5m])",
        // Aggregations.
        "sum(host_cpu_percent)", "sum by (agent) (requests_total)", "sum(requests_total) by (code, method)", "sum without (method) (requests_total)",
        "sum(requests_total) without (agent, code,)", "sum by () (requests_total)", "sum without () (requests_total)", "SUM BY (code) (requests_total)",
        "avg(host_cpu_core_percent)", "avg by (cpu) (host_cpu_core_percent)", "avg(weird)", "sum(weird)", "min(weird)", "max(weird)", "count(weird)",
        "min by (agent) (host_cpu_core_percent)", "max without (cpu) (host_cpu_core_percent)", "count by (nothing) (requests_total)",
        "count({agent=\"prod-1\"})", "count by (__name__) ({agent=~\".+\"})", "sum by (__name__, agent) ({__name__=~\"host_memory.*\"})",
        "count(nothing_here)", "topk(2, requests_total)", "topk(1, rate(requests_total[5m])) by (agent)", "bottomk(3, host_cpu_core_percent)",
        "topk without (cpu) (1, host_cpu_core_percent)", "topk(0, requests_total)", "topk(-1, requests_total)", "topk(100, host_cpu_percent)",
        "topk(1.9, host_cpu_core_percent)", "topk(NaN, host_cpu_percent)", "topk(1e300, host_cpu_percent)", "topk(5, weird)", "bottomk(5, weird)",
        "quantile(0.5, host_cpu_core_percent)", "quantile by (agent) (0.9, requests_total)", "quantile(1.1, weird)", "quantile(0.3, weird)",
        "sum(sum by (agent, code) (rate(requests_total[5m]))) / 2", "max(sum by (agent) (host_cpu_core_percent))", "avg(avg_over_time(host_load1[5m]))",
        "sum(host_cpu_percent{agent=\"nobody\"})", "topk(2, sum by (code) (rate(requests_total[10m])))",
        // Between scalars and vectors.
        "host_cpu_percent * 2", "2 * host_cpu_percent", "host_cpu_percent + 1 - 1", "host_load1 ^ 2", "2 ^ host_load1", "host_load1 % 1", "1 / host_load1",
        "weird / 0", "host_cpu_percent > 200", "200 < host_cpu_percent", "200 > host_cpu_percent", "host_cpu_percent > bool 200", "200 >= bool host_cpu_percent",
        "weird == 0", "weird != 0", "weird == bool 0", "weird <= -1", "weird == NaN", "weird != NaN", "weird > -Inf", "-host_cpu_percent", "+host_cpu_percent",
        "-host_cpu_percent ^ 2", "--weird", "{__name__=~\"host_memory.*\"} + 1", "-{__name__=~\"host_memory.*\"}", "{__name__=~\"host_memory.*\"} > 1",
        "{__name__=~\"host_memory.*\"} > bool 1", "host_load1 > 0 and host_load1 < 1",
        // Between vectors.
        "host_memory_used_bytes / host_memory_total_bytes", "100 * (1 - host_memory_used_bytes / host_memory_total_bytes)", "host_load1 + host_load1",
        "host_load1 - host_cpu_percent", "host_cpu_percent > host_load1", "host_load1 > bool host_cpu_percent", "host_load1 == host_load1",
        "host_cpu_core_percent / host_cpu_percent", "host_cpu_core_percent{cpu=\"0\"} / on (agent) host_cpu_percent",
        "host_cpu_core_percent{cpu=\"0\"} / ignoring (cpu) host_cpu_percent", "host_cpu_core_percent{cpu=\"0\"} > ignoring (cpu) host_load1",
        "host_cpu_core_percent{cpu=\"0\"} > on (agent) host_load1", "host_cpu_core_percent{cpu=\"0\"} > bool on (agent) host_load1",
        "host_cpu_core_percent / on (agent) host_cpu_percent", "host_cpu_percent / on (agent) host_cpu_core_percent",
        "host_cpu_percent / on (nothing) host_load1", "requests_total - requests_total offset 5m", "sum by (agent) (requests_total) / on (agent) host_load1",
        "rate(requests_total{code=\"500\"}[5m]) / ignoring (code) rate(requests_total{code=\"200\"}[5m])", "host_load1 + nothing_here",
        "nothing_here + on (nothing) host_load1", "host_load1 + on () host_load1", "host_cpu_core_percent > on (agent) host_cpu_core_percent",
        "host_cpu_core_percent{cpu=\"0\"} == on (agent, __name__) host_cpu_core_percent{cpu=\"0\"}", "sparse + on (agent) once", "weird * weird",
        "weird ^ weird", "weird % host_load1", "weird / ignoring (kind) scrape_up", "scrape_up / ignoring (endpoint, kind) weird",
        "host_cpu_core_percent > 50 + on (agent, cpu) host_cpu_core_percent",
        // Sets.
        "host_cpu_percent and host_load1", "host_cpu_percent and host_load1 > 1", "host_cpu_percent unless host_load1 > 1",
        "host_load1 > 1 or host_cpu_percent", "host_load1 > 1 or on (agent) host_cpu_percent", "requests_total and on (agent) (host_load1 > 0)",
        "requests_total unless on (agent, code) requests_total{code=\"200\"}", "host_load1 or host_load1", "sparse or on (agent) once or host_load1",
        "host_cpu_core_percent and ignoring (cpu) host_cpu_percent{agent=\"prod-1\"}", "host_load1 > 1 or host_load1 < -1 unless host_cpu_percent > 100",
        "host_load1 or nothing_here and host_cpu_percent", "(host_load1 > 1) or (host_load1 <= 1) * 2",
        // Names that are words elsewhere.
        "sum", "by", "offset{agent=\"x\"}", "avg offset 5m", "without + 1", "rate + 1", "sum by (on, by, sum) (host_load1)",
        // Wrong.
        "", " ", "(", ")", "1 +", "* 1", "1 1", "host_cpu_percent[5m", "host_cpu_percent[0s]", "host_cpu_percent[5]", "host_cpu_percent[m]",
        "host_cpu_percent[5m30h]", "host_cpu_percent[1.5m]", "5m", "{}", "{agent=~\".*\"}", "{agent!=\"x\"}", "{agent=~\"a*\",cpu=\"\"}", "up{", "up{a}", "up{a=}",
        "up{a=b}", "up{\"a\"=\"b\"}", "up{a=\"b\" c=\"d\"}", "up{,}", "up{a:b=\"c\"}", "up{__name__=\"x\"}", "up{a=~\"(\"}", "up{a=~\"?\"}", "rate(host_cpu_percent)",
        "rate(host_cpu_percent[5m], 1)", "rate()", "rate(1)", "rate(rate(requests_total[5m]))", "rate(requests_total[5m]) offset 5m", "sum(1)", "sum()",
        "sum(host_cpu_percent[5m])", "sum(host_load1,)", "sum by (a) (host_load1) by (b)", "topk(host_load1)", "topk(host_load1, 1)", "topk(1, 1)",
        "quantile_over_time(host_load1, host_load1[5m])", "quantile_over_time(0.5, host_load1)", "1 == 1", "1 and 1", "host_load1 and 1", "1 or host_load1",
        "host_load1 + bool 1", "host_load1 + on (agent) 1", "1 + on (agent) 1", "host_load1[5m] + 1", "-host_load1[5m]", "\"a\" + 1", "-\"a\"", "\"open", "'\\q'", "'\\''\"",
        "host_load1 offset", "host_load1 offset 5", "host_load1 offset 5m offset 5m", "host_load1 offset 5m [5m]", "1 offset 5m", "(host_load1) offset 5m", "host_load1[5m][5m]",
        "host load1", "host_load1 $ 1", "host_load1 = 1", "host_load1 !1", "1x", "0xZ", "1e", "sum(host_load1) by agent", "sum by (a:b) (host_load1)", "on", "bool(1)",
        "nosuchfunction(host_load1)", "host_load1 == == 1", "1 = 1", "\"\\xff",
    ];
}
