using Microsoft.Extensions.Logging.Abstractions;
using Outrider.Grains.Alerts;
using Outrider.Silo.Hosting;
using Outrider.Testing.Alerts;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Standalone;

public sealed class AlertRetentionTests
{
    private readonly FakeTime _time = new();
    private readonly EventLog _log = new();
    private readonly MemoryAlertStore _store = new();

    [Fact]
    public async Task EveryHour_RemovesWhatIsOlderThanTheRetention()
    {
        var limit = _time.GetUtcNow() - IAlertStore.Retention;
        await SaveAsync(limit.AddTicks(-1), limit, limit + AlertRetention.Every);
        _store.BeforeWrite = RecordAsync;
        using var retention = await StartAsync();

        await _log.UntilAsync("there: 0 1 2");
        _time.Advance(AlertRetention.Every);
        await _log.UntilAsync("there: 1 2");
        _time.Advance(AlertRetention.Every);
        await _log.UntilAsync("there: 2");
        await retention.StopAsync(default);
    }

    [Fact]
    public async Task StoreThatFails_IsTriedAgainInAnHour()
    {
        await SaveAsync(_time.GetUtcNow() - (IAlertStore.Retention * 2));
        _store.BeforeWrite = async () =>
        {
            await RecordAsync();
            if (_log.Events.Count == 1)
                throw new IOException("The disk is full.");
        };
        using var retention = await StartAsync();

        await _log.UntilAsync("there: 0");
        _time.Advance(AlertRetention.Every);
        await _log.UntilAsync("there: 0", times: 2);
        _time.Advance(AlertRetention.Every);
        await _log.UntilAsync("there:");
        await retention.StopAsync(default);
    }

    private async Task<AlertRetention> StartAsync()
    {
        var retention = new AlertRetention(_store, _time, NullLogger<AlertRetention>.Instance);
        await retention.StartAsync(default);
        return retention;
    }

    /// <summary>What is in the store when it is told to remove something.</summary>
    private async Task RecordAsync()
    {
        var alerts = await _store.ListAsync("acme", new AlertQuery(), null, 10, default);
        _log.Record(string.Join(' ', alerts.Select(alert => alert.Id).Prepend("there:")));
    }

    private async Task SaveAsync(params DateTimeOffset[] resolved) => await _store.SaveAsync(
        "acme",
        [
            .. resolved.Select((at, i) => new Alert
            {
                Id = $"{i}", Rule = "cpu", RuleName = "CPU", Severity = AlertSeverity.Warning, Agent = "prod-1", Metric = "cpu", Condition = "cpu > 80",
                State = AlertState.Resolved, StartedAt = resolved[0], FiredAt = resolved[0], ResolvedAt = at,
            }),
        ],
        [], default);
}
