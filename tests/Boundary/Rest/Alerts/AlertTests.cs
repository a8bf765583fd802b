using Microsoft.Extensions.DependencyInjection;
using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Testing.Alerts;
using Outrider.Tests.Boundary.Rest.Metrics;

namespace Outrider.Tests.Boundary.Rest.Alerts;

/// <summary>Alerts, silences and channels over REST.</summary>
public sealed class AlertTests : IAsyncLifetime
{
    private readonly MetricsCentre _centre = new();

    private IAlertStore Store => _centre.Centre.App.Services.GetRequiredService<IAlertStore>();

    private DateTimeOffset Now => _centre.Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        await _centre.InitializeAsync();
        var old = SomeAlert.Of("old", "db1", Now.AddDays(-2)) with { State = AlertState.Resolved, ResolvedAt = Now.AddDays(-1), Reason = ResolveReason.NoData };
        var taken = SomeAlert.Of("taken", "db2", Now.AddHours(-2)) with { AcknowledgedAt = Now.AddHours(-1), AcknowledgedBy = "k", NotifiedAt = Now };
        var fresh = SomeAlert.Of("fresh", "db1", Now.AddHours(-1)) with
        {
            Severity = AlertSeverity.Critical, Value = double.PositiveInfinity, Labels = [new("mount", "/")], NotifiedAt = Now, Notified = 1,
        };
        var notice = new Notification { Id = "fresh-fired", Channel = "ops", Kind = NotificationKind.Fired, At = Now.AddHours(-1), Alert = fresh, Status = NotificationStatus.Sent };
        await Store.SaveAsync("acme", [old, taken, fresh], [notice], default);
        await Store.SaveAsync("globex", [SomeAlert.Of("theirs", "db9", Now)], [], default);
        // The rule reads its alerts when it is first called, and ends them if it is disabled.
        var rule = await _centre.Viewer.GetsAsync(200, "GET", "/rules/host-cpu-warning");
        await _centre.Admin.GetsAsync(200, "PUT", "/rules/host-cpu-warning", rule.GetRawText().Replace("\"enabled\":false", "\"enabled\":true"));
    }

    public Task DisposeAsync() => _centre.DisposeAsync();

    [Theory]
    [InlineData("/alerts", "fresh taken")]
    [InlineData("/alerts?agent=db2", "taken")]
    [InlineData("/alerts?rule=other", "")]
    [InlineData("/alerts?severity=critical", "fresh")]
    [InlineData("/alerts?acknowledged=false", "fresh")]
    [InlineData("/alerts?acknowledged=true&limit=1", "taken")]
    [InlineData("/alerts?limit=1", "fresh")]
    [InlineData("/alerts?after=fresh", "taken")]
    [InlineData("/alerts/history", "fresh taken old")]
    [InlineData("/alerts/history?period=1d", "fresh taken")]
    [InlineData("/alerts/history?from=2026-01-29T00:00:00Z&to=2026-01-30T00:00:00Z", "old")]
    public async Task List_ByFilters_FindsTheOwnOnes(string path, string ids)
    {
        var page = await _centre.Viewer.GetsAsync(200, "GET", path);
        Assert.Equal(ids, string.Join(' ', page.GetProperty("alerts").EnumerateArray().Select(alert => alert.Text("id"))));
    }

    [Theory]
    [InlineData("/alerts?severity=bad", 400, "severity")]
    [InlineData("/alerts?limit=101", 400, "limit")]
    [InlineData("/alerts?after=theirs", 404, "theirs")]
    [InlineData("/alerts/theirs", 404, "theirs")]
    [InlineData("/alerts/theirs/notifications", 404, "theirs")]
    [InlineData("/alerts/history?period=100d", 400, "days")]
    public async Task List_WhatCantBe_IsRefused(string path, int status, string says) =>
        Assert.Contains(says, (await _centre.Viewer.GetsAsync(status, "GET", path)).Text("detail"));

    [Fact]
    public async Task Alert_Shown_HasLabelsAndNoNumbersThatAreNone()
    {
        var alert = await _centre.Viewer.GetsAsync(200, "GET", "/alerts/fresh");
        Assert.Equal(("/", "", "80"), (alert.GetProperty("labels").Text("mount"), alert.Text("value"), alert.Text("threshold")));
        var told = await _centre.Viewer.GetsAsync(200, "GET", "/alerts/fresh/notifications");
        Assert.Equal("fired sent", string.Join(' ', told.GetProperty("notifications").EnumerateArray().Select(one => $"{one.Text("kind")} {one.Text("status")}")));
    }

    [Fact]
    public async Task Notifications_OfOneTime_ArePagedWithoutGapsOrRepeats()
    {
        var fresh = (await Store.ReadAsync("acme", "fresh", default))!;
        var notices = Enumerable.Range(0, 5).Select(i => new Notification { Id = $"fresh-{i}", Channel = "ops", Kind = NotificationKind.Fired, At = Now, Alert = fresh });
        await Store.SaveAsync("acme", [fresh], [.. notices], default);
        var (ids, after) = (new List<string>(), "");
        for (string? next = ""; next is not null;)
        {
            var page = await _centre.Viewer.GetsAsync(200, "GET", $"/alerts/fresh/notifications?limit=2{after}");
            ids.AddRange(page.GetProperty("notifications").EnumerateArray().Select(one => one.Text("id")));
            next = page.GetProperty("next").GetString();
            after = $"&after={next}";
        }
        Assert.Equal(["fresh-0", "fresh-1", "fresh-2", "fresh-3", "fresh-4", "fresh-fired"], ids.Order());
        Assert.Contains("next", (await _centre.Viewer.GetsAsync(400, "GET", "/alerts/fresh/notifications?after=x")).Text("detail"));
    }

    [Fact]
    public async Task Acknowledge_AnAlert_NotesWhoAndWhy()
    {
        await _centre.Viewer.GetsAsync(403, "POST", "/alerts/fresh/acknowledge");
        await _centre.Stranger.GetsAsync(404, "POST", "/alerts/fresh/acknowledge", "{}");
        var taken = await _centre.Admin.GetsAsync(200, "POST", "/alerts/fresh/acknowledge", """{"note":"disk is ordered"}""");
        Assert.Equal(("True", "disk is ordered"), (taken.Text("acknowledged"), taken.Text("note")));
        Assert.Equal("disk is ordered", (await Store.ReadAsync("acme", "fresh", default))!.Note);
        await _centre.Admin.GetsAsync(409, "POST", "/alerts/old/acknowledge");
        await _centre.Admin.GetsAsync(400, "POST", "/alerts/fresh/acknowledge", $$"""{"note":"{{new string('x', 1_001)}}"}""");
    }

    [Fact]
    public async Task Silence_ForADuration_HoldsFromNowOn()
    {
        var made = await _centre.Admin.GetsAsync(201, "POST", "/silences", """{"rule":"host-*","agent":"db1","labels":{"mount":"/*"},"duration":"2h","comment":"upgrade"}""");
        Assert.Equal((Now, Now.AddHours(2)), (made.GetProperty("from").GetDateTimeOffset(), made.GetProperty("to").GetDateTimeOffset()));
        Assert.Equal(made.Text("id"), (await _centre.Viewer.GetsAsync(200, "GET", "/silences")).GetProperty("silences")[0].Text("id"));
        Assert.Empty((await _centre.Stranger.GetsAsync(200, "GET", "/silences")).GetProperty("silences").EnumerateArray());
        await _centre.Stranger.GetsAsync(404, "DELETE", $"/silences/{made.Text("id")}");
        await _centre.Admin.GetsAsync(204, "DELETE", $"/silences/{made.Text("id")}");
        Assert.Empty((await _centre.Viewer.GetsAsync(200, "GET", "/silences")).GetProperty("silences").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"rule":"a"}""", "either duration")]
    [InlineData("""{"duration":"2h","to":"2027-01-01T00:00:00Z"}""", "either duration")]
    [InlineData("""{"duration":"2h","agent":"a|b"}""", "'*'")]
    [InlineData("""{"duration":"2h","labels":{"agent":"x"}}""", "name=pattern")]
    [InlineData("""{"to":"2020-01-01T00:00:00Z"}""", "future")]
    [InlineData("""{"durations":"2h"}""", "perhaps 'duration' is meant")]
    public async Task Silence_ThatCantBe_IsRefused(string body, string says) =>
        Assert.Contains(says, (await _centre.Admin.GetsAsync(400, "POST", "/silences", body)).Text("detail"));

    [Fact]
    public async Task Channel_Shown_HidesWhatIsSecretAndTakesItBack()
    {
        const string body = """
            {"type":"webhook","url":"https://h.example/in?token=t0p","headers":{"Authorization":"Bearer ${secret:hook}","X-Key":"k3y"},"default":true}
            """;
        var put = await _centre.Admin.GetsAsync(200, "PUT", "/channels/hook", body);
        var shown = await _centre.Viewer.GetsAsync(200, "GET", "/channels/hook");
        foreach (var text in new[] { put.ToString(), shown.ToString(), (await _centre.Viewer.GetsAsync(200, "GET", "/channels")).ToString() })
        {
            Assert.DoesNotContain("t0p", text);
            Assert.DoesNotContain("k3y", text);
        }
        Assert.Equal(("https://h.example/in?***", "Bearer ${secret:hook}"), (shown.Text("url"), shown.GetProperty("headers").Text("Authorization")));
        Assert.Equal("0", shown.GetProperty("health").Text("waiting"));

        await _centre.Admin.GetsAsync(200, "PUT", "/channels/hook", shown.GetRawText().Replace("\"enabled\":true", "\"enabled\":false"));
        var kept = (await _centre.Centre.Grains.Get<IAlertSettings>("acme").GetAsync(0))!.Channels.Single();
        Assert.Equal((false, "https://h.example/in?token=t0p", "k3y"), (kept.Enabled, kept.Url, kept.Headers["X-Key"]));
        // What was hidden doesn't follow to another place.
        Assert.Contains("goes elsewhere", (await _centre.Admin.GetsAsync(400, "PUT", "/channels/hook", shown.GetRawText().Replace("h.example", "evil.example"))).Text("detail"));
        Assert.Contains("no such channel", (await _centre.Admin.GetsAsync(400, "PUT", "/channels/new", shown.GetRawText().Replace("\"hook\"", "\"new\""))).Text("detail"));

        await _centre.Stranger.GetsAsync(404, "GET", "/channels/hook");
        await _centre.Stranger.GetsAsync(404, "POST", "/channels/hook/test");
        await _centre.Stranger.GetsAsync(404, "DELETE", "/channels/hook");
        await _centre.Admin.GetsAsync(204, "DELETE", "/channels/hook");
    }

    [Fact]
    public async Task Channel_SigningSecretAndMailPassword_AreHiddenAndKept()
    {
        var signed = await _centre.Admin.GetsAsync(200, "PUT", "/channels/ding", """{"type":"dingtalk","url":"https://d.example/robot?access_token=t","secret":"s3cret"}""");
        var mail = await _centre.Admin.GetsAsync(200, "PUT", "/channels/mail", """{"type":"email","mail":{"host":"mail.example","user":"u","password":"pa55","from":"a@b.example","to":["c@d.example"]}}""");
        Assert.Equal(("***", "***"), (signed.Text("secret"), mail.GetProperty("mail").Text("password")));
        await _centre.Admin.GetsAsync(200, "PUT", "/channels/ding", signed.GetRawText());
        await _centre.Admin.GetsAsync(200, "PUT", "/channels/mail", mail.GetRawText().Replace("c@d.example", "e@f.example"));
        var kept = (await _centre.Centre.Grains.Get<IAlertSettings>("acme").GetAsync(0))!.Channels;
        Assert.Equal(("s3cret", "pa55", "e@f.example"), (kept[0].Secret, kept[1].Mail!.Password, kept[1].Mail!.To.Single()));
        await _centre.Admin.GetsAsync(400, "PUT", "/channels/mail", mail.GetRawText().Replace("mail.example", "evil.example"));
    }

    [Theory]
    [InlineData("slack", "https://hooks.slack.com/services/T/B/x", "https://hooks.slack.com/***")]
    [InlineData("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/x", "https://open.feishu.cn/***")]
    [InlineData("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=x", "https://oapi.dingtalk.com/robot/send?***")]
    [InlineData("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=${secret:ding}", "https://oapi.dingtalk.com/robot/send?access_token=${secret:ding}")]
    [InlineData("webhook", "https://a.example/plain", "https://a.example/plain")]
    public async Task Channel_ItsAddress_IsShownWithoutItsToken(string type, string url, string shown) =>
        Assert.Equal(shown, (await _centre.Admin.GetsAsync(200, "PUT", "/channels/c", $$"""{"type":"{{type}}","url":"{{url}}"}""")).Text("url"));

    [Fact]
    public async Task Secret_Written_IsShownToNobody()
    {
        await _centre.Admin.GetsAsync(200, "PUT", "/secrets/hook", """{"value":"t0psecret"}""");
        await _centre.Viewer.GetsAsync(403, "GET", "/secrets");
        var listed = (await _centre.Admin.GetsAsync(200, "GET", "/secrets")).ToString();
        Assert.Contains("hook", listed);
        Assert.DoesNotContain("t0psecret", listed + await _centre.Admin.GetsAsync(200, "GET", "/audit"));
        Assert.DoesNotContain("hook", (await _centre.Stranger.GetsAsync(200, "GET", "/secrets")).ToString());
        await _centre.Stranger.GetsAsync(404, "DELETE", "/secrets/hook");
        await _centre.Admin.GetsAsync(204, "DELETE", "/secrets/hook");
    }
}
