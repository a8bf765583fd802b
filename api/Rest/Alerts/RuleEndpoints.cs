using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Alerts;
using Outrider.Grains.Alerts;
using Outrider.Api.Operations.Alerts.Import;
using Outrider.Api.Rest.Bodies;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Alerts;

/// <summary>What is wrong, and for whom.</summary>
public static class RuleEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("/rules").WithTags("Rules");
        rules.MapGet("/", ListAsync).WithName("listRules").WithSummary("The tenant's rules by id, built-in ones too. Viewer.");
        rules.MapPost("/", CreateAsync).WithName("createRule").WithSummary("Makes a rule; 409 if its id is taken. Admin.");
        rules.MapPost("/validate", ValidateAsync).WithName("validateRule")
            .WithSummary("Says what is wrong with a rule, or how its condition reads and what it looks at now. Changes nothing. Viewer.");
        rules.MapPost("/dry-run", TryAsync).WithName("tryRule").WithSummary("When a rule that needn't be saved would have fired. Viewer.");
        rules.MapPost("/import", ImportAsync).WithName("importRules")
            .WithSummary("Makes rules of Prometheus' alerting rules (YAML), and says of each what became of it. Admin.");
        rules.MapGet("/{rule}", GetAsync).WithName("getRule").WithSummary("One rule. Viewer.");
        rules.MapPut("/{rule}", SetAsync).WithName("setRule").WithSummary("Replaces a rule, or makes it; what is left out gets its default. Admin.");
        rules.MapDelete("/{rule}", DeleteAsync).WithName("deleteRule")
            .WithSummary("Deletes a rule; what it fired is resolved. A built-in one can only be disabled. Admin.");
        rules.MapGet("/{rule}/evaluation", EvaluationAsync).WithName("getRuleEvaluation")
            .WithSummary("When a rule's expression was evaluated last, what it gave, and what keeps it from being evaluated. Viewer.");
        rules.MapGet("/{rule}/dry-run", TrySavedAsync).WithName("trySavedRule").WithSummary("When a rule would have fired. Viewer.");
    }

    private static async Task<ApiResult<RulePage>> ListAsync(
        HttpContext context, RuleOperations operations, string? after = null, int limit = RestApi.DefaultPage) =>
        await operations.ListAsync(context.Caller(), after, limit);

    private static async Task<ApiResult<ExpressionView>> EvaluationAsync(HttpContext context, RuleOperations operations, string rule) =>
        await operations.GetEvaluationAsync(context.Caller(), rule);

    private static async Task<CreatedResult<RuleView>> CreateAsync(
        HttpContext context, RuleOperations operations, CheckedBody<RuleView> rule, CancellationToken cancellation)
    {
        var created = rule.Outcome.Ok ? await operations.CreateAsync(context.Caller(), rule.Outcome.Value, cancellation) : rule.Outcome.Problem;
        return new(created, LocationOf);
    }

    private static async Task<ApiResult<RuleValidation>> ValidateAsync(
        HttpContext context, RuleOperations operations, CheckedBody<RuleView> rule, CancellationToken cancellation) =>
        rule.Outcome.Ok ? await operations.ValidateAsync(context.Caller(), rule.Outcome.Value, cancellation) : (Outcome<RuleValidation>)rule.Outcome.Problem;

    private static async Task<ApiResult<DryRunAnswer>> TryAsync(
        HttpContext context, DryRunOperations operations, CheckedBody<RuleView> rule, [AsParameters] SpanParameters span, CancellationToken cancellation) =>
        rule.Outcome.Ok
            ? await operations.RunAsync(context.Caller(), rule.Outcome.Value, span.ToQuestion(), cancellation)
            : (Outcome<DryRunAnswer>)rule.Outcome.Problem;

    private static async Task<ApiResult<ImportAnswer>> ImportAsync(
        HttpContext context,
        ImportOperations operations,
        YamlBody file,
        CancellationToken cancellation,
        [FromQuery(Name = "dry_run"), Description("true: says what it would do, and changes nothing.")] bool dryRun = false) =>
        file.Text.Ok ? await operations.ImportAsync(context.Caller(), file.Text.Value, dryRun, cancellation) : (Outcome<ImportAnswer>)file.Text.Problem;

    private static async Task<ApiResult<RuleView>> GetAsync(HttpContext context, RuleOperations operations, string rule) =>
        await operations.GetAsync(context.Caller(), rule);

    private static async Task<ApiResult<RuleView>> SetAsync(
        HttpContext context, RuleOperations operations, string rule, CheckedBody<RuleView> body, CancellationToken cancellation) =>
        body.Outcome.Ok ? await operations.SetAsync(context.Caller(), rule, body.Outcome.Value, cancellation) : (Outcome<RuleView>)body.Outcome.Problem;

    private static async Task<DoneResult> DeleteAsync(HttpContext context, RuleOperations operations, string rule, CancellationToken cancellation) =>
        await operations.DeleteAsync(context.Caller(), rule, cancellation);

    private static async Task<ApiResult<DryRunAnswer>> TrySavedAsync(
        HttpContext context, DryRunOperations operations, string rule, [AsParameters] SpanParameters span, CancellationToken cancellation) =>
        await operations.RunAsync(context.Caller(), rule, span.ToQuestion(), cancellation);

    internal static string LocationOf(RuleView rule) => $"{RestApi.Prefix}/rules/{rule.Id}";
}
