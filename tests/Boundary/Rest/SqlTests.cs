using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Api.Problems;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Rest;

public sealed class SqlTests : IAsyncLifetime
{
    private static readonly RowSetColumn[] s_columns =
    [
        new("id", ColumnKind.Int64, "BIGINT"), new("n", ColumnKind.Int32, "INT"), new("price", ColumnKind.Decimal, "DECIMAL"),
        new("ratio", ColumnKind.Double, "DOUBLE"), new("name", ColumnKind.Text, "VARCHAR"), new("bytes", ColumnKind.Binary, "VARBINARY"),
    ];

    private TestCentre _centre = null!;
    private ScriptedAgent _agent = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _centre = await TestCentre.StartAsync();
        await _centre.CreateTenantAsync("acme", new TenantQuotas { QueriesPerMonth = 10 });
        _agent = await ScriptedAgent.ConnectAsync(_centre, "acme", "prod-1", Answer);
        _client = _centre.Client(await _centre.CreateKeyAsync("acme", Role.Admin));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _centre.DisposeAsync();
    }

    [Fact]
    public async Task Run_EveryKindOfCell_KeepsItsValue()
    {
        using var json = await OkAsync("/agents/prod-1/sql", new { sql = "SELECT type" });

        Assert.Equal("""{"name":"id","type":"BIGINT"}""", json.RootElement.GetProperty("columns")[0].GetRawText());
        Assert.Equal("""["9223372036854775807",-5,"1.10",0.5,"磁盘 'x'","AAE="]""", json.RootElement.GetProperty("rows")[0].GetRawText());
        Assert.Equal("[null,null,null,null,null,null]", json.RootElement.GetProperty("rows")[1].GetRawText());
        Assert.Equal(2, json.RootElement.GetProperty("row_count").GetInt32());
        Assert.Equal("rows", json.RootElement.GetProperty("truncated_by").GetString());
    }

    [Fact]
    public async Task Run_ManyRows_ComeWholeThoughSentInParts()
    {
        using var json = await OkAsync("/agents/prod-1/sql", new { sql = "SELECT many" });

        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(20_000, rows.Count);
        Assert.Equal("19999", rows[^1][0].GetString());
    }

    [Fact]
    public async Task Run_Limits_GoToTheAgentAndOnlyLower()
    {
        using var json = await OkAsync("/agents/prod-1/sql", new { sql = "SELECT type", timeout_ms = 5, max_rows = 1_000_000, max_bytes = 77 });

        Assert.Equal(new SqlLimits { TimeoutMs = 5, MaxRows = 10_000, MaxBytes = 77 }, _agent.Tasks.Single().Limits);
    }

    [Theory]
    [InlineData("SELECT fail", ProblemCodes.SqlFailed)]
    [InlineData("DROP TABLE x", ProblemCodes.SqlRefused)]
    public async Task Run_NotDone_IsAProblem(string sql, string code)
    {
        using var response = await _client.PostAsJsonAsync(TestCentre.Path("/agents/prod-1/sql"), new { sql });
        var problem = (await response.Content.ReadFromJsonAsync<ProblemView>(TestCentre.Json))!;

        Assert.Equal((HttpStatusCode.UnprocessableEntity, code, "urn:outrider:problem:" + code), (response.StatusCode, problem.Code, problem.Type));
    }

    [Fact]
    public async Task Batch_OneFails_TheOthersAnswer()
    {
        using var json = await OkAsync("/agents/prod-1/sql/batch", new { statements = new[] { "SELECT type", "SELECT fail", "SELECT type" } });

        var results = json.RootElement.GetProperty("results");
        Assert.Equal([true, false, true], results.EnumerateArray().Select(result => result.GetProperty("ok").GetBoolean()));
        Assert.Equal(ProblemCodes.SqlFailed, results[1].GetProperty("problem").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Batch_BytesOfAllTogether_AreCapped()
    {
        using var json = await OkAsync("/agents/prod-1/sql/batch", new { statements = new[] { "SELECT type", "SELECT type" }, max_bytes = 100 });

        var second = json.RootElement.GetProperty("results")[1];
        Assert.Equal(ProblemCodes.PayloadTooLarge, second.GetProperty("problem").GetProperty("code").GetString());
        Assert.Single(_agent.Tasks);
    }

    [Fact]
    public async Task Run_QuotaUsedUp_IsToldSoAndAudited()
    {
        for (var i = 0; i < 10; i++)
            (await OkAsync("/agents/prod-1/sql", new { sql = "SELECT type" })).Dispose();
        using var response = await _client.PostAsJsonAsync(TestCentre.Path("/agents/prod-1/sql"), new { sql = "SELECT type" });

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        using var audit = JsonDocument.Parse(await _client.GetStringAsync(TestCentre.Path("/audit?limit=11")));
        var outcomes = audit.RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("outcome").GetString());
        Assert.Equal([ProblemCodes.QuotaExceeded, .. Enumerable.Repeat("ok", 10)], outcomes);
    }

    [Theory]
    [InlineData("SHOW BACKENDS", """{"allowed":true,"statement":"show backends"}""")]
    [InlineData(" DELETE FROM t", """{"allowed":false,"code":"sql_refused","rule":"write-statement","position":1}""")]
    [InlineData("SELECT", """{"allowed":false,"code":"sql_refused"}""")]
    [InlineData("", """{"allowed":false,"code":"sql_refused","rule":"empty-statement","position":0}""")]
    public async Task Check_Statement_IsJudgedAsItStands(string sql, string expected)
    {
        using var json = await OkAsync("/agents/prod-1/sql/check", new { sql });
        using var wanted = JsonDocument.Parse(expected);
        Assert.All(wanted.RootElement.EnumerateObject(), member => Assert.Equal(member.Value.GetRawText(), json.RootElement.GetProperty(member.Name).GetRawText()));
        Assert.Equal(wanted.RootElement.GetProperty("allowed").GetBoolean(), !json.RootElement.TryGetProperty("message", out _));
    }

    [Fact]
    public async Task Check_HoweverOften_RunsCountsAndNotesNothing()
    {
        for (var i = 0; i < 12; i++)
            (await OkAsync("/agents/prod-1/sql/check", new { sql = "SELECT 1" })).Dispose();
        (await OkAsync("/agents/prod-1/sql", new { sql = "SELECT type" })).Dispose();

        Assert.Single(_agent.Tasks);
        using var audit = JsonDocument.Parse(await _client.GetStringAsync(TestCentre.Path("/audit?limit=100&action=sql.*")));
        Assert.Single(audit.RootElement.GetProperty("entries").EnumerateArray());
        using var unknown = await _client.PostAsJsonAsync(TestCentre.Path("/agents/nobody/sql/check"), new { sql = "SELECT 1" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Revoke_Agent_IsGoneAndMayNotReuseItsSingleUseToken()
    {
        Assert.True(Credential.TryParse(await _centre.CreateTokenAsync("acme", "prod-*", maxUses: 1), out var token));
        var tenant = _centre.Grains.Get<ITenant>("acme");
        Assert.True((await tenant.AdmitAgentAsync(token.Id, token.Hash, "prod-1")).Ok);

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync(TestCentre.Path("/agents/prod-1"))).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(TestCentre.Path("/agents/prod-1"))).StatusCode);
        Assert.Equal(ProblemCodes.EnrolmentRefused, (await tenant.AdmitAgentAsync(token.Id, token.Hash, "prod-1")).Problem?.Code);
    }

    private async Task<JsonDocument> OkAsync(string path, object body)
    {
        using var response = await _client.PostAsJsonAsync(TestCentre.Path(path), body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text);
    }

    private static TaskResult Answer(TaskCreate task) => task.Command switch
    {
        "SELECT type" => ScriptedAgent.Rows(
            task, s_columns, [["9223372036854775807", "-5", "1.10", "0.5", "磁盘 'x'", "\0\u0001"], new string?[6]], truncated: "rows"),
        "SELECT many" => ScriptedAgent.Rows(
            task, s_columns[..1], Enumerable.Range(0, 20_000).Select(i => new string?[] { i.ToString(CultureInfo.InvariantCulture) })),
        "SELECT fail" => ScriptedAgent.Failure(task, new Problem(ProblemCodes.SqlFailed, "Unknown table.")),
        _ => ScriptedAgent.Failure(task, new Problem(ProblemCodes.SqlRefused, "No.") { Details = new() { ["rule"] = "form" } }),
    };
}
