using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>What every store of alerts must do, as tests. One is put under them by deriving from this class.</summary>
public abstract partial class AlertStoreConformance : IAsyncLifetime
{
    protected const string Tenant = "acme";

    protected static DateTimeOffset At { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected IAlertStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task Save_AfterReopening_GivesTheSameAlertAndNotification()
    {
        var alert = Full("a");
        var notification = Told(alert) with { Attempts = 2, LastAttemptAt = At.AddSeconds(3), Result = "HTTP 500: 磁盘 \ud83d\ude42" };
        await SaveAsync([alert], notification);
        Store = await ReopenAsync();

        Assert.Equivalent(alert, await Store.ReadAsync(Tenant, alert.Id, default), strict: true);
        Assert.Equivalent(alert, Assert.Single(await ListAsync()), strict: true);
        Assert.Equivalent(notification, Assert.Single(await Store.ReadOutboxAsync(Tenant, "ops", 10, default)), strict: true);
        Assert.Equivalent(notification, Assert.Single(await NotificationsAsync()), strict: true);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.Epsilon)]
    [InlineData(-0.0)]
    [InlineData(0.1)]
    public async Task Save_AnyValue_IsKeptToTheBit(double value)
    {
        var alert = Firing("a") with { Value = value, Threshold = value, ResolvedValue = value };
        await SaveAsync([alert], Told(alert));

        var read = await Store.ReadAsync(Tenant, alert.Id, default);
        var told = Assert.Single(await Store.ReadOutboxAsync(Tenant, "ops", 10, default)).Alert;
        Assert.All(
            [read!.Value, read.Threshold, read.ResolvedValue!.Value, told.Value],
            kept => Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(kept)));
    }

    [Fact]
    public async Task Save_TheSameIdAgain_ReplacesTheAlert()
    {
        await SaveAsync([Firing("a"), Firing("b")]);
        var second = Firing("a", At.AddHours(1)) with
        {
            Rule = "other", Agent = "prod-2", Severity = AlertSeverity.Critical, State = AlertState.Resolved, ResolvedAt = At.AddHours(2),
        };
        await SaveAsync([second]);

        Assert.Equivalent(second, await Store.ReadAsync(Tenant, second.Id, default), strict: true);
        Assert.Equal(["b"], await IdsAsync(new AlertQuery(AlertState.Firing)));
        Assert.Equal(
            ["a"], await IdsAsync(new AlertQuery(AlertState.Resolved, "other", "prod-2", AlertSeverity.Critical, At.AddHours(1), At.AddHours(2))));
    }

    [Fact]
    public async Task Save_TheSameIdTwiceAtOnce_KeepsTheLastAlertAndTheFirstNotification()
    {
        var told = Told(Firing("a"));
        await SaveAsync([Firing("a"), Firing("a") with { Note = "last" }], told, told with { At = At.AddDays(1) });

        Assert.Equal("last", Assert.Single(await ListAsync()).Note);
        Assert.Equal(At, Assert.Single(await NotificationsAsync()).At);
    }

    [Fact]
    public async Task Save_WhenTheOutboxFails_KeepsNoAlert()
    {
        await SaveAsync([Firing("a")]);
        await BreakOutboxAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => SaveAsync([Firing("a") with { Note = "changed" }, Firing("b")], Told(Firing("b"))));

        Assert.Null(Assert.Single(await ListAsync()).Note);
    }

    [Fact]
    public async Task Save_Nothing_IsFine()
    {
        await SaveAsync([]);
        await Store.UpdateAsync(Tenant, [], default);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Save_OneThousandAtOnce_AreAllThere()
    {
        var alerts = Enumerable.Range(0, 1_000).Select(i => Full($"{i}")).ToList();
        await SaveAsync(alerts, [.. alerts.Select(alert => Told(alert))]);

        Assert.Equal(1_000, (await ListAsync(limit: 2_000)).Count);
        Assert.Equal(1_000, await Store.CountOutboxAsync(Tenant, "ops", default));
    }

    [Fact]
    public async Task SaveAndUpdate_ManyAtOnce_AllAreThere()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async rule =>
        {
            for (var i = 0; i < 20; i++)
            {
                var alert = Firing($"{rule}-{i}") with { Rule = $"r{rule}" };
                await SaveAsync([alert, Firing("shared") with { Note = $"{rule}" }], Told(alert), Told(Firing("shared")));
                await Store.UpdateAsync(Tenant, [Told(alert) with { Status = NotificationStatus.Sent }], default);
            }
        }));

        Assert.Equal((32 * 20) + 1, (await ListAsync(limit: 2_000)).Count);
        Assert.Equal(20, (await ListAsync(new AlertQuery(Rule: "r7"))).Count);
        Assert.Equal("shared-fired", Assert.Single(await Store.ReadOutboxAsync(Tenant, "ops", 10, default)).Id);
    }

    [Fact]
    public async Task List_PageByPage_NewestFirstThenById_WithoutGapOrRepeat()
    {
        // Of each time seven, saved in no order, so that pages of five end in the midst of them.
        var ids = Enumerable.Range(0, 42).Select(i => $"{i * 17 % 42:00}").ToList();
        await SaveAsync([.. ids.Select(id => Firing(id, At.AddTicks(int.Parse(id, null) / 7)))]);

        var (read, after) = (new List<Alert>(), (AlertCursor?)null);
        while (await Store.ListAsync(Tenant, new AlertQuery(), after, 5, default) is { Count: > 0 and <= 5 } page)
        {
            read.AddRange(page);
            after = new AlertCursor(page[^1].FiredAt, page[^1].Id);
        }
        var expected = ids.OrderByDescending(id => int.Parse(id, null) / 7).ThenBy(id => id, StringComparer.Ordinal);
        Assert.Equal(expected, read.Select(alert => alert.Id));
    }

    [Fact]
    public async Task List_EachFilter_GivesWhatMatches()
    {
        await SaveAsync(
        [
            Firing("1", At.AddMinutes(1)) with { Rule = "cpu", Agent = "prod-1", Severity = AlertSeverity.Critical },
            Firing("2", At.AddMinutes(2)) with { Rule = "cpu", Agent = "prod-2", Severity = AlertSeverity.Warning },
            Resolved("3", At.AddMinutes(3), At.AddHours(1)) with { Rule = "cpu", Agent = "prod-1", Severity = AlertSeverity.Warning },
            Firing("4", At.AddMinutes(4)) with { Rule = "Cpu", Agent = "PROD-1", Severity = AlertSeverity.Info },
            Firing("5", At.AddMinutes(5)) with { Rule = "磁盘", Agent = "", Severity = AlertSeverity.Info },
        ]);

        Assert.Equal(["5", "4", "3", "2", "1"], await IdsAsync(new AlertQuery()));
        Assert.Equal(["5", "4", "2", "1"], await IdsAsync(new AlertQuery(AlertState.Firing)));
        Assert.Equal(["3"], await IdsAsync(new AlertQuery(AlertState.Resolved)));
        Assert.Equal(["3", "2", "1"], await IdsAsync(new AlertQuery(Rule: "cpu")));
        Assert.Equal(["2", "1"], await IdsAsync(new AlertQuery(AlertState.Firing, "cpu")));
        Assert.Equal(["5"], await IdsAsync(new AlertQuery(Rule: "磁盘")));
        Assert.Equal(["3", "1"], await IdsAsync(new AlertQuery(Agent: "prod-1")));
        Assert.Equal(["5"], await IdsAsync(new AlertQuery(Agent: "")));
        Assert.Equal(["3", "2"], await IdsAsync(new AlertQuery(Severity: AlertSeverity.Warning)));
        Assert.Equal(["5", "4", "3"], await IdsAsync(new AlertQuery(From: At.AddMinutes(3))));
        Assert.Equal(["2", "1"], await IdsAsync(new AlertQuery(To: At.AddMinutes(3))));
        Assert.Equal(["2"], await IdsAsync(new AlertQuery(AlertState.Firing, "cpu", "prod-2", AlertSeverity.Warning, At, At.AddMinutes(3))));
        Assert.Empty(await IdsAsync(new AlertQuery(AlertState.Resolved, "cpu", "prod-2")));
        Assert.Equal(
            ["2", "1"],
            (await Store.ListAsync(Tenant, new AlertQuery(Rule: "cpu", To: At.AddMinutes(9)), new AlertCursor(At.AddMinutes(3), "3"), 10, default))
            .Select(alert => alert.Id));
    }

    [Fact]
    public async Task Times_OfAnyOffset_MeanTheSameMoment()
    {
        var shifted = At.ToOffset(TimeSpan.FromHours(8));
        await SaveAsync([Firing("a", shifted), Firing("b", At.AddTicks(1))], Told(Firing("a")) with { At = shifted });

        Assert.Equal(["b", "a"], await IdsAsync(new AlertQuery(From: shifted)));
        Assert.Equal(["a"], await IdsAsync(new AlertQuery(To: shifted.AddTicks(1))));
        Assert.Single(await Store.ListNotificationsAsync(Tenant, null, null, new NotificationCursor(At.AddTicks(1), "ops", "b"), 10, default));
        Assert.Empty(await Store.ListNotificationsAsync(Tenant, null, null, new NotificationCursor(shifted, "ops", "a-fired"), 10, default));
    }

    [Theory]
    [InlineData("evil")]
    [InlineData("ACME")]
    [InlineData("")]
    public async Task OtherTenant_SeesAndChangesNothing(string other)
    {
        await SaveAsync([Firing("a")], Told(Firing("a")));
        await Store.SaveAsync(other, [Firing("a") with { Note = "theirs" }], [Told(Firing("a")) with { At = At.AddDays(1) }], default);
        await Store.UpdateAsync(other, [Told(Firing("a")) with { Status = NotificationStatus.Sent }], default);

        Assert.Null(Assert.Single(await ListAsync()).Note);
        Assert.Equal(At, Assert.Single(await Store.ReadOutboxAsync(Tenant, "ops", 10, default)).At);
        Assert.Empty(await Store.ReadOutboxAsync(other, "ops", 10, default));
        Assert.Equal("theirs", (await Store.ReadAsync(other, "a", default))!.Note);
        Assert.Null(await Store.ReadAsync("third", "a", default));
        Assert.Empty(await Store.ListAsync("third", new AlertQuery(), null, 10, default));
        Assert.Empty(await Store.ListNotificationsAsync("third", null, null, null, 10, default));
        Assert.Equal(0, await Store.CountOutboxAsync("third", "ops", default));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("b")]
    [InlineData("")]
    public async Task Read_AnotherId_IsNothing(string id)
    {
        await SaveAsync([Firing("a")]);

        Assert.Null(await Store.ReadAsync(Tenant, id, default));
    }

    /// <summary>Opens the store, which is empty.</summary>
    protected abstract Task<IAlertStore> OpenAsync();

    /// <summary>Closes the store and opens it again on what it kept.</summary>
    protected abstract Task<IAlertStore> ReopenAsync();

    /// <summary>From now on notifications can't be written, while alerts can be read.</summary>
    protected abstract Task BreakOutboxAsync();

    protected Task SaveAsync(IReadOnlyList<Alert> alerts, params IReadOnlyList<Notification> outbox) =>
        Store.SaveAsync(Tenant, alerts, outbox, default).AsTask();

    protected async Task<IReadOnlyList<Alert>> ListAsync(AlertQuery? query = null, int limit = 100) =>
        await Store.ListAsync(Tenant, query ?? new AlertQuery(), null, limit, default);

    protected async Task<IReadOnlyList<Notification>> NotificationsAsync() =>
        await Store.ListNotificationsAsync(Tenant, null, null, null, 100, default);

    protected static Alert Firing(string id, DateTimeOffset? at = null) => new()
    {
        Id = id,
        Rule = "cpu",
        RuleName = "CPU",
        Severity = AlertSeverity.Warning,
        Agent = "prod-1",
        Metric = "host_cpu_percent",
        Condition = "host_cpu_percent > 80 for 5m",
        Value = 93.5,
        Threshold = 80,
        StartedAt = (at ?? At).AddMinutes(-5),
        FiredAt = at ?? At,
        ChangedAt = at ?? At,
    };

    protected static Notification Told(Alert alert, NotificationKind kind = NotificationKind.Fired, int number = 0) =>
        new() { Id = Notification.IdOf(alert.Id, kind, number), Channel = "ops", Kind = kind, At = At, Alert = alert };

    private static Alert Resolved(string id, DateTimeOffset fired, DateTimeOffset resolved) =>
        Firing(id, fired) with { State = AlertState.Resolved, ResolvedAt = resolved, Reason = ResolveReason.Recovered };

    /// <summary>One with all that an alert can have.</summary>
    private static Alert Full(string id) => Resolved(id, At.AddTicks(1), At.AddHours(1)) with
    {
        RuleName = "磁盘快满了 🙂",
        Labels = [new Label("mount", "/数据"), new Label("quote", "'\"\\")],
        Summary = "磁盘 /数据 已用 93.5%",
        ResolvedValue = 12.25,
        AcknowledgedAt = At.AddMinutes(1),
        AcknowledgedBy = "张三",
        Note = "在看",
        NotifiedAt = At.AddMinutes(2),
        Notified = 3,
        SilencedBy = "s1",
        ChangedAt = At.AddHours(1),
    };

    private async Task<IEnumerable<string>> IdsAsync(AlertQuery query) => (await ListAsync(query)).Select(alert => alert.Id);
}
