using Outrider.Api.Auth;
using Outrider.Grains.Alerts;
using Outrider.Grains.Metrics.Queries;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>What callers may ask about alerts, and that they take one on; the same for every front door.</summary>
public sealed class AlertOperations(IGrains grains, IAlertStore store, AgentOperations agents, Auditor audit, TimeProvider time)
{
    public const int MaxNote = 1_000;

    private const int AtOnce = 200;
    private const string HistoryPeriod = "7d";

    /// <summary>Alerts that fire.</summary>
    public Task<Outcome<AlertPage>> ActiveAsync(Caller caller, AlertQuestion question, CancellationToken cancellation) =>
        ListAsync(caller, new AlertQuery(AlertState.Firing, question.Rule, question.Agent, question.Severity), question, cancellation);

    /// <summary>Alerts that fired in a stretch of time, also those that are resolved.</summary>
    public async Task<Outcome<AlertPage>> HistoryAsync(Caller caller, AlertQuestion question, CancellationToken cancellation)
    {
        var period = question is { Period: null, From: null } ? HistoryPeriod : question.Period;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() + 1;
        var span = QuerySpan.Parse(question.From, question.To, period, now, (long)IAlertStore.Retention.TotalMilliseconds + Periods.Day);
        if (!span.Ok)
            return span.Problem;
        var query = new AlertQuery(
            null, question.Rule, question.Agent, question.Severity, Times.At(span.Value.From), Times.At(span.Value.To));
        return await ListAsync(caller, query, question, cancellation);
    }

    /// <summary>One alert; <c>alert_not_found</c>.</summary>
    public async Task<Outcome<AlertView>> GetAsync(Caller caller, string alert, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.AlertsRead) is { } problem)
            return problem;
        return await store.ReadAsync(caller.Tenant, alert, cancellation) is { } found ? AlertView.Of(found) : Unknown(alert);
    }

    /// <summary>What was told of an alert, and what waits to be; newest first.</summary>
    public async Task<Outcome<NotificationPage>> NotificationsAsync(
        Caller caller, string alert, string? after, int limit, CancellationToken cancellation)
    {
        var found = await GetAsync(caller, alert, cancellation);
        return found.Ok ? await NotificationReads.PageAsync(store, caller.Tenant, null, alert, after, limit, cancellation) : found.Problem;
    }

    /// <summary>Takes an alert on: it isn't told again until it is resolved.</summary>
    public async Task<Outcome<AlertView>> AcknowledgeAsync(Caller caller, string alert, string? note, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.AlertsAcknowledge) is { } problem)
            return problem;
        if (note?.Length > MaxNote)
            return TenantRules.Invalid($"note may have {MaxNote} characters; it has {note.Length}.");
        var taken = await store.ReadAsync(caller.Tenant, alert, cancellation) is { } found
            ? await grains.Get<IAlertRule>(GrainKeys.Join(caller.Tenant, found.Rule)).AcknowledgeAsync(alert, caller.CredentialId, note)
            : Unknown(alert);
        await audit.RecordAsync(caller, "alert.acknowledge", TenantRules.Short(alert), taken.Problem, note, cancellation);
        return taken.Ok ? AlertView.Of(taken.Value) : taken.Problem;
    }

    /// <summary>How the evaluation of an agent's rules is doing.</summary>
    public async Task<Outcome<EvaluationView>> EvaluationAsync(Caller caller, string agent)
    {
        var known = await agents.GetAsync(caller, agent);
        return known.Ok ? await grains.Get<IAlertEvaluation>(GrainKeys.Join(caller.Tenant, agent)).GetAsync() : known.Problem;
    }

    internal static Problem Unknown(string alert) => new(
        ProblemCodes.AlertNotFound,
        $"There is no alert '{TenantRules.Short(alert)}', or it ended more than {IAlertStore.Retention.TotalDays} days ago. "
        + "list_alerts (GET /api/v1/alerts and /alerts/history) shows those there are.");

    private async Task<Outcome<AlertPage>> ListAsync(Caller caller, AlertQuery query, AlertQuestion question, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.AlertsRead) is { } problem)
            return problem;
        var limit = question.Limit ?? Rest.RestApi.DefaultPage;
        if (limit is < 1 or > AgentOperations.MaxPage)
            return TenantRules.Invalid($"limit must be 1 to {AgentOperations.MaxPage}; it is {limit}.");
        AlertCursor? after = null;
        if (question.After is { } id)
        {
            if (await store.ReadAsync(caller.Tenant, id, cancellation) is not { } last)
                return Unknown(id);
            after = new AlertCursor(last.FiredAt, last.Id);
        }
        var alerts = new List<AlertView>(limit);
        while (alerts.Count < limit)
        {
            var read = await store.ListAsync(caller.Tenant, query, after, AtOnce, cancellation);
            // The store doesn't tell by acknowledgement; a page fills up all the same, so that a short one is the last.
            alerts.AddRange(read.Where(one => question.Acknowledged is not { } wanted || wanted == (one.AcknowledgedAt is not null))
                .Take(limit - alerts.Count).Select(AlertView.Of));
            if (read.Count < AtOnce)
                break;
            after = new AlertCursor(read[^1].FiredAt, read[^1].Id);
        }
        return new AlertPage(alerts, alerts.Count == limit ? alerts[^1].Id : null);
    }
}
