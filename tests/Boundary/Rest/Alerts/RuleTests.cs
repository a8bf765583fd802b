using System.Text.Json;
using Outrider.Grains.Alerts.Rules;
using Outrider.Tests.Boundary.Rest.Metrics;

namespace Outrider.Tests.Boundary.Rest.Alerts;

/// <summary>Rules over REST: made, changed, checked, tried on the past, and taken over from elsewhere.</summary>
public sealed class RuleTests : IAsyncLifetime
{
    private readonly MetricsCentre _centre = new();

    public Task InitializeAsync() => _centre.InitializeAsync();

    public Task DisposeAsync() => _centre.DisposeAsync();

    [Fact]
    public async Task Rule_Made_IsShownWholeAndComesBackUnchanged()
    {
        var made = await _centre.Admin.GetsAsync(201, "POST", "/rules", """
            {"name":"Disk of var full","metric":"host_disk_percent","labels":{"mount":"/var*"},"agents":["db*"],"aggregation":"max","window":"1m",
             "operator":">=","threshold":70,"duration":300,"keep_firing":"2m","severity":"critical","repeat":"1h","group":10,"summary":"{{labels.mount}} of {{agent}}"}
            """);
        Assert.Equal("disk-of-var-full", made.Text("id"));
        Assert.Equal("max(host_disk_percent{mount=\"/var*\"}) over 1m >= 70 for 5m", made.Text("condition"));
        Assert.Equal(("5m", "2m", "1h", "10s", "1m"), (made.Text("duration"), made.Text("keep_firing"), made.Text("repeat"), made.Text("group"), made.Text("window")));
        var put = await _centre.Admin.GetsAsync(200, "PUT", "/rules/disk-of-var-full", made.GetRawText());
        Assert.Equal(made.Text("condition"), put.Text("condition"));
        Assert.True(put.GetProperty("revision").GetInt64() > made.GetProperty("revision").GetInt64());
        await _centre.Admin.GetsAsync(409, "POST", "/rules", made.GetRawText());
        Assert.Contains("an id can't be changed", (await _centre.Admin.GetsAsync(400, "PUT", "/rules/other", made.GetRawText())).Text("detail"), StringComparison.OrdinalIgnoreCase);

        await _centre.Stranger.GetsAsync(404, "GET", "/rules/disk-of-var-full");
        await _centre.Stranger.GetsAsync(404, "DELETE", "/rules/disk-of-var-full");
        await _centre.Admin.GetsAsync(204, "DELETE", "/rules/disk-of-var-full");
        await _centre.Viewer.GetsAsync(404, "GET", "/rules/disk-of-var-full");
        var actions = (await _centre.Admin.GetsAsync(200, "GET", "/audit")).GetProperty("entries").EnumerateArray().Select(one => $"{one.Text("action")} {one.Text("outcome")}").Take(4);
        Assert.Equal(["rule.delete ok", "rule.create conflict", "rule.set ok", "rule.create ok"], actions);
    }

    [Fact]
    public async Task Rules_OfANewTenant_AreTheBuiltInOnes()
    {
        var page = await _centre.Viewer.GetsAsync(200, "GET", "/rules?limit=3");
        Assert.Equal(["agent-degraded", "agent-offline", "host-cpu-critical"], page.GetProperty("rules").EnumerateArray().Select(rule => rule.Text("id")));
        var rest = await _centre.Viewer.GetsAsync(200, "GET", $"/rules?limit=100&after={page.Text("next")}");
        Assert.Equal(RuleTemplates.All.Count - 3, rest.GetProperty("rules").GetArrayLength());

        var offline = await _centre.Viewer.GetsAsync(200, "GET", "/rules/agent-offline");
        Assert.True(offline.GetProperty("builtin").GetBoolean());
        await _centre.Admin.GetsAsync(400, "DELETE", "/rules/agent-offline");
        var disabled = await _centre.Admin.GetsAsync(200, "PUT", "/rules/agent-offline", offline.GetRawText().Replace("\"enabled\":true", "\"enabled\":false"));
        Assert.Equal((false, true), (disabled.GetProperty("enabled").GetBoolean(), disabled.GetProperty("builtin").GetBoolean()));
    }

    [Theory]
    [InlineData("""{"name":"x","metric":"m","treshold":1}""", "perhaps 'threshold' is meant")]
    [InlineData("""{"name":"x","metric":"m","threshold":1,"process":{"nme":"java"}}""", "perhaps 'name' is meant")]
    [InlineData("""{"name":"x","metric":"m","threshold":1,"colour_of_the_sky":1}""", "there are id, name")]
    [InlineData("""{"metric":"m","threshold":1}""", "name is missing")]
    [InlineData("""{"name":"x","metric":"m"}""", "threshold is missing")]
    [InlineData("""{"name":"磁盘","metric":"m","threshold":1}""", "Give one")]
    [InlineData("""{"name":"x","metric":"m","threshold":1,"operator":"=>"}""", "operator")]
    [InlineData("""{"name":"x","metric":"m","threshold":1,"duration":"soon"}""", "duration")]
    [InlineData("""{"name":"x","metric":"m","threshold":1,"repeat":"90s"}""", "whole minutes")]
    [InlineData("""{"name":"x","metric":"m","threshold":1,"channels":["nowhere"]}""", "nowhere")]
    [InlineData("""{"name":"x","metric":"m","threshold":1,"name":"y"}""", "body")]
    [InlineData("""[]""", "object")]
    public async Task Rule_ThatCantBe_IsRefusedWithWhatToChange(string body, string says)
    {
        var problem = await _centre.Admin.GetsAsync(400, "POST", "/rules", body);
        Assert.Contains(says, problem.Text("detail"));
    }

    [Fact]
    public async Task Validate_ARule_SaysWhatItLooksAtNow()
    {
        var valid = await _centre.Viewer.GetsAsync(200, "POST", "/rules/validate", """{"name":"x","metric":"host_disk_percent","labels":{"mount":"/v*"},"threshold":1,"agents":["db*"]}""");
        Assert.True(valid.GetProperty("valid").GetBoolean());
        Assert.Equal(2, valid.GetProperty("agent_count").GetInt32());
        Assert.Equal("/var", valid.GetProperty("series").EnumerateArray().Single().GetProperty("labels").Text("mount"));
        var expression = await _centre.Viewer.GetsAsync(200, "POST", "/rules/validate", """{"name":"x","expression":"sum by (agent) (host_disk_percent) > 100"}""");
        Assert.Equal(2, expression.GetProperty("series_count").GetInt32());
        var faulty = await _centre.Viewer.GetsAsync(200, "POST", "/rules/validate", """{"name":"x","metric":"m","aggregation":"avg","threshold":1}""");
        Assert.False(faulty.GetProperty("valid").GetBoolean());
        Assert.Contains("needs a window", faulty.GetProperty("faults")[0].GetString());
    }

    [Fact]
    public async Task DryRun_OverADay_FindsWhenTheRuleWouldHaveFired()
    {
        // db1's CPU is 40 from noon on and above 90 for one minute; the outage from 3 to 4 doesn't count.
        var peak = await _centre.Viewer.GetsAsync(200, "POST", "/rules/dry-run?period=24h", """{"name":"x","metric":"host_cpu_percent_normalized","threshold":90}""");
        var firing = peak.GetProperty("firings").EnumerateArray().Single();
        Assert.Equal(("db1", 99.0, "recovered"), (firing.Text("agent"), firing.GetProperty("value").GetDouble(), firing.Text("reason")));
        Assert.Equal(TimeSpan.FromMinutes(1), firing.GetProperty("resolved_at").GetDateTimeOffset() - firing.GetProperty("fired_at").GetDateTimeOffset());
        Assert.Equal((1, 1, 2), (peak.GetProperty("fired").GetInt32(), peak.GetProperty("agents").GetInt32(), peak.GetProperty("series").GetInt32()));

        await _centre.Admin.GetsAsync(201, "POST", "/rules", """{"id":"busy","name":"Busy","enabled":false,"metric":"host_cpu_percent_normalized","threshold":30,"duration":"10m"}""");
        var busy = (await _centre.Viewer.GetsAsync(200, "GET", "/rules/busy/dry-run?period=24h")).GetProperty("firings").EnumerateArray().ToList();
        Assert.NotEmpty(busy);
        Assert.Equal(TimeSpan.FromMinutes(10), busy[0].GetProperty("fired_at").GetDateTimeOffset() - busy[0].GetProperty("started_at").GetDateTimeOffset());

        var query = await _centre.Viewer.GetsAsync(200, "POST", "/rules/dry-run?period=24h", """{"name":"x","expression":"host_cpu_percent_normalized > 90"}""");
        Assert.Equal(("db1", 99.0), (query.GetProperty("firings")[0].Text("agent"), query.GetProperty("firings")[0].GetProperty("value").GetDouble()));
        Assert.Equal(0, (await _centre.Stranger.GetsAsync(200, "POST", "/rules/dry-run?period=24h", """{"name":"x","metric":"host_cpu_percent_normalized","threshold":90}""")).GetProperty("fired").GetInt32());
    }

    [Theory]
    [InlineData("?period=24h", """{"name":"x","metric":"agent_status","threshold":1}""", "not kept")]
    [InlineData("?period=999d", """{"name":"x","metric":"m","threshold":1}""", "days")]
    [InlineData("?period=30d", """{"name":"x","expression":"host_load1 > 1","interval":15}""", "evaluations")]
    public async Task DryRun_OfTooMuch_IsRefused(string query, string body, string says) =>
        Assert.Contains(says, (await _centre.Viewer.GetsAsync(400, "POST", $"/rules/dry-run{query}", body)).Text("detail"));

    [Fact]
    public async Task Evaluation_OfAnExpression_SaysWhenItWasAndOfAnotherRuleWhereToLook()
    {
        await _centre.Admin.GetsAsync(201, "POST", "/rules", """{"id":"query","name":"Query","expression":"host_load1 > 1e9","interval":15}""");
        var evaluation = await _centre.Viewer.GetsAsync(200, "GET", "/rules/query/evaluation");
        Assert.Equal(0, evaluation.GetProperty("firing").GetInt32());
        Assert.Contains("/alerts/evaluation", (await _centre.Viewer.GetsAsync(400, "GET", "/rules/agent-offline/evaluation")).Text("detail"));
        await _centre.Stranger.GetsAsync(404, "GET", "/rules/query/evaluation");
    }

    [Fact]
    public async Task OldShapes_Posted_BecomeRulesAndChannels()
    {
        await _centre.Admin.GetsAsync(200, "PUT", "/channels/ops", """{"type":"webhook","url":"https://ops.example/x"}""");
        var flat = await _centre.Admin.GetsAsync(201, "POST", "/alerts", """{"name":"Java CPU","metric":"cpu_percent","threshold":95,"duration":300,"channels":["ops"],"process":"java","aggregation":"max","enabled":true}""");
        Assert.Equal("max(cpu_percent of processes \"java\") > 95 for 5m", flat.Text("condition"));
        var system = await _centre.Admin.GetsAsync(201, "POST", "/alerts", """{"name":"System","metric":"system_memory_percent","threshold":85,"duration":300,"process":"java","aggregation":"sum"}""");
        Assert.Equal("system_memory_percent > 85 for 5m", system.Text("condition"));

        var body = """{"id":"r-1","name":"CPU","server_names":["db*"],"condition":{"metric":"cpu","operator":">","threshold":80,"duration":"5m"},"actions":[{"type":"webhook","url":"https://a.example/h"},{"type":"dingtalk","url":"https://d.example/robot?access_token=t0p"}]}""";
        var rule = await _centre.Admin.GetsAsync(201, "POST", "/alerts", body);
        Assert.Equal("host_cpu_percent_normalized > 80 for 5m", rule.Text("condition"));
        var channels = (await _centre.Viewer.GetsAsync(200, "GET", "/channels")).GetProperty("channels");
        Assert.Equal(3, channels.GetArrayLength());
        Assert.DoesNotContain("t0p", channels.ToString());
        await _centre.Admin.GetsAsync(201, "POST", "/alerts", body.Replace("r-1", "r-2"));
        Assert.Equal(3, (await _centre.Viewer.GetsAsync(200, "GET", "/channels")).GetProperty("channels").GetArrayLength());
        Assert.Contains("another form", (await _centre.Admin.GetsAsync(400, "POST", "/alerts", body.Replace("\"id\"", "\"metric\":\"cpu\",\"id\""))).Text("detail"));
    }

    public static TheoryData<string, string, string> Expressions => new()
    {
        { "host_disk_percent{mount=\"/var\",agent=~\"db.*\"} > 90", "host_disk_percent{mount=\"/var\"} > 90 for 5m", "" },
        { "90 < host_disk_percent", "host_disk_percent > 90 for 5m", "" },
        { "avg_over_time(host_load1[10m]) >= 4", "avg(host_load1) over 10m >= 4 for 5m", "" },
        { "rate(app_errors_total{path=~\"/api/.*\"}[5m]) > 0.5", "rate(app_errors_total{path=\"/api/*\"}) over 5m > 0.5 for 5m", "" },
        { "absent(up{job=\"mysql\"})", "no up{job=\"mysql\"} for 5m", "" },
        { "sum by (agent) (host_load1) > 4", "sum by (agent) (host_load1) > 4 for 5m", "expression" },
        { "host_load1{mount!=\"x\"} > 4", "host_load1{mount!=\"x\"} > 4 for 5m", "expression" },
        { "rate(a_total[2h]) > 1", "rate(a_total[2h]) > 1 for 5m", "expression" },
        { "host_load1 > on (agent) host_load5", "host_load1 > on (agent) host_load5 for 5m", "expression" },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task Import_AnExpression_IsEvaluatedInTheStreamWhereItCanBe(string expression, string condition, string notes)
    {
        var file = $"groups:\n- name: g\n  rules:\n  - alert: High Load\n    expr: '{expression}'\n    for: 5m\n";
        var rule = (await _centre.Admin.GetsAsync(200, "POST", "/rules/import", file, "application/yaml")).GetProperty("rules")[0];
        Assert.Equal(("created", condition), (rule.Text("outcome"), rule.Text("condition")));
        Assert.Contains(notes, rule.Text("notes"));
        Assert.Equal(condition, (await _centre.Viewer.GetsAsync(200, "GET", "/rules/high-load")).Text("condition"));
    }

    [Fact]
    public async Task Import_AFile_SaysOfEachRuleWhatBecameOfIt()
    {
        const string file = """
            groups:
            - name: hosts
              interval: 30s
              rules:
              - alert: Load
                expr: host_load1 > 4
                labels: {severity: page, team: a}
                annotations:
                  summary: 'Load of {{ $labels.instance }} is {{ $value | humanize }}, {{ $labels.mount }} {{ query "x" }}'
              - alert: Load
                expr: host_load1 > 2
                labels: {severity: warning}
              - record: job:up:sum
                expr: sum(up)
              - alert: Strange
                expr: histogram_quantile(0.9, x) > 1
              - alert: agent offline
                expr: host_load1 > 1
              - alert: Slow
                expr: host_load1 > 1
                for: soon
            """;
        var dry = await _centre.Admin.GetsAsync(200, "POST", "/rules/import?dry_run=true", file, "text/yaml");
        Assert.Equal((true, 2, 0, 4), (dry.GetProperty("dry_run").GetBoolean(), dry.GetProperty("created").GetInt32(), dry.GetProperty("updated").GetInt32(), dry.GetProperty("refused").GetInt32()));
        await _centre.Viewer.GetsAsync(404, "GET", "/rules/load");
        Assert.Equal(2, (await _centre.Admin.GetsAsync(200, "POST", "/rules/import", file, "text/yaml")).GetProperty("created").GetInt32());
        var again = await _centre.Admin.GetsAsync(200, "POST", "/rules/import", file, "text/yaml");
        Assert.Equal((0, 2), (again.GetProperty("created").GetInt32(), again.GetProperty("updated").GetInt32()));
        var rules = again.GetProperty("rules").EnumerateArray().ToList();
        Assert.Equal(["load", "load-warning"], rules.Take(2).Select(rule => rule.Text("id")));
        Assert.Contains("records a series", rules[2].Text("reason"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("histogram_quantile", rules[3].Text("reason"));
        Assert.Contains("built-in", rules[4].Text("reason"));
        Assert.Contains("keep_firing_for", rules[5].Text("reason"));
        var load = await _centre.Viewer.GetsAsync(200, "GET", "/rules/load");
        Assert.Equal(("critical", "Load of {{agent}} is {{value}}, {{labels.mount}} "), (load.Text("severity"), load.Text("summary")));
    }

    [Theory]
    [InlineData("groups: 1", "groups")]
    [InlineData("a: &x [1]\ngroups: *x", "aliases")]
    [InlineData("a: [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", "levels")]
    [InlineData("groups: [", "line")]
    [InlineData("groups: !![", "can't be read")]
    [InlineData("groups: []\ngroups: []", "twice")]
    [InlineData("groups: []\n---\ngroups: []", "more than one document")]
    public async Task Import_WhatIsNoRuleFile_IsRefusedWithThePlace(string file, string says) =>
        Assert.Contains(says, (await _centre.Admin.GetsAsync(400, "POST", "/rules/import", file, "application/yaml")).Text("detail"));

    [Fact]
    public async Task Import_TooMuchOrAnotherType_IsRefused()
    {
        Assert.Equal(413, (await _centre.Admin.AskAsync("POST", "/rules/import", new string(' ', 1024 * 1024 + 1), "application/yaml")).Status);
        Assert.Equal(415, (await _centre.Admin.AskAsync("POST", "/rules/import", "groups: []", "application/xml")).Status);
    }

    [Fact]
    public async Task Evaluation_OfAnAgent_IsShown()
    {
        var view = await _centre.Viewer.GetsAsync(200, "GET", "/agents/db1/alerts/evaluation");
        Assert.Equal(JsonValueKind.Number, view.GetProperty("instances").ValueKind);
    }
}
