using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Alerts;
using Outrider.Api.Rest.Bodies;
using Outrider.Api.Rest.Requests;
using Outrider.Grains.Alerts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Alerts;

/// <summary>What is wrong now, and was.</summary>
public static class AlertEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet("/", ActiveAsync).WithName("listAlerts").WithSummary("Alerts that fire, the newest first. Viewer.");
        alerts.MapPost("/", CreateRuleAsync).WithName("createOldRule")
            .WithSummary("Makes a rule that is written in one of the older forms; POST /rules takes today's. Admin.");
        alerts.MapGet("/history", HistoryAsync).WithName("listAlertHistory")
            .WithSummary("Alerts that fired in a stretch of time, also those that are resolved; kept for 90 days. Viewer.");
        alerts.MapGet("/{id}", GetAsync).WithName("getAlert").WithSummary("One alert. Viewer.");
        alerts.MapGet("/{id}/notifications", NotificationsAsync).WithName("listAlertNotifications")
            .WithSummary("What was told of an alert, to whom and what came of it; newest first. Viewer.");
        alerts.MapPost("/{id}/acknowledge", AcknowledgeAsync).WithName("acknowledgeAlert")
            .WithSummary("Takes an alert on: it isn't told again until it is resolved. Operator.");
        api.MapGet("/agents/{agent}/alerts/evaluation", EvaluationAsync).WithTags("Alerts").WithName("getEvaluation")
            .WithSummary("How the evaluation of an agent's rules is doing. Viewer.");
    }

    private static async Task<ApiResult<AlertPage>> ActiveAsync(
        HttpContext context, AlertOperations operations, [AsParameters] AlertParameters alerts, CancellationToken cancellation) =>
        alerts.ToQuestion() is { Ok: true, Value: var question }
            ? await operations.ActiveAsync(context.Caller(), question, cancellation)
            : (Outcome<AlertPage>)alerts.ToQuestion().Problem!;

    private static async Task<ApiResult<AlertPage>> HistoryAsync(
        HttpContext context, AlertOperations operations, [AsParameters] HistoryParameters alerts, CancellationToken cancellation) =>
        alerts.ToQuestion() is { Ok: true, Value: var question }
            ? await operations.HistoryAsync(context.Caller(), question, cancellation)
            : (Outcome<AlertPage>)alerts.ToQuestion().Problem!;

    private static async Task<CreatedResult<RuleView>> CreateRuleAsync(
        HttpContext context, OldRuleOperations operations, CheckedBody<OldRule> rule, CancellationToken cancellation)
    {
        var created = rule.Outcome.Ok ? await operations.CreateAsync(context.Caller(), rule.Outcome.Value, cancellation) : rule.Outcome.Problem;
        return new(created, RuleEndpoints.LocationOf);
    }

    private static async Task<ApiResult<AlertView>> GetAsync(
        HttpContext context, AlertOperations operations, string id, CancellationToken cancellation) =>
        await operations.GetAsync(context.Caller(), id, cancellation);

    private static async Task<ApiResult<NotificationPage>> NotificationsAsync(
        HttpContext context,
        AlertOperations operations,
        string id,
        CancellationToken cancellation,
        string? after = null,
        int limit = RestApi.DefaultPage) =>
        await operations.NotificationsAsync(context.Caller(), id, after, limit, cancellation);

    private static async Task<ApiResult<AlertView>> AcknowledgeAsync(
        HttpContext context, AlertOperations operations, string id, CancellationToken cancellation, AcknowledgeRequest? request = null) =>
        await operations.AcknowledgeAsync(context.Caller(), id, request?.Note, cancellation);

    private static async Task<ApiResult<EvaluationView>> EvaluationAsync(HttpContext context, AlertOperations operations, string agent) =>
        await operations.EvaluationAsync(context.Caller(), agent);
}
