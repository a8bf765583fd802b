using Outrider.Api.Auth;
using Outrider.Grains.Alerts;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>What callers may do with the rules of their tenant, the same for every front door.</summary>
public sealed class RuleOperations(IGrains grains, IMetricStore store, Auditor audit)
{
    /// <summary>Agents and series that a validation names.</summary>
    private const int MaxShown = 20;

    private readonly RuleTargets _targets = new(grains, store);

    /// <summary>Rules by id, after <paramref name="after"/> (null: from the first).</summary>
    public async Task<Outcome<RulePage>> ListAsync(Caller caller, string? after, int limit)
    {
        if (Permissions.Require(caller, Permission.AlertsRead) is { } problem)
            return problem;
        if (limit is < 1 or > AgentOperations.MaxPage)
            return TenantRules.Invalid($"limit must be 1 to {AgentOperations.MaxPage}; it is {limit}.");
        var rules = (await ReadSettingsAsync(caller)).Rules.OrderBy(rule => rule.Id, StringComparer.Ordinal)
            .Where(rule => string.CompareOrdinal(rule.Id, after) > 0).Take(limit).Select(RuleView.Of).ToList();
        return new RulePage(rules, rules.Count == limit ? rules[^1].Id : null);
    }

    public async Task<Outcome<RuleView>> GetAsync(Caller caller, string rule)
    {
        var found = await FindAsync(caller, rule);
        return found.Ok ? RuleView.Of(found.Value) : found.Problem;
    }

    /// <summary>How a rule's expression is doing; <c>invalid_argument</c>: it has none, and each agent's samples are judged as they come.</summary>
    public async Task<Outcome<ExpressionView>> GetEvaluationAsync(Caller caller, string rule)
    {
        var found = await FindAsync(caller, rule);
        return !found.Ok ? found.Problem
            : found.Value.Expression is null
                ? TenantRules.Invalid("This rule is judged as samples come: GET /api/v1/agents/{agent}/alerts/evaluation says how it is doing at an agent.")
            : await grains.Get<IExpressionEvaluation>(GrainKeys.Join(caller.Tenant, rule)).GetAsync();
    }

    /// <summary>A rule of the tenant; <c>rule_not_found</c>.</summary>
    public async Task<Outcome<RuleDefinition>> FindAsync(Caller caller, string rule)
    {
        if (Permissions.Require(caller, Permission.AlertsRead) is { } problem)
            return problem;
        return (await ReadSettingsAsync(caller)).Rules.FirstOrDefault(one => one.Id == rule) is { } found ? found : Unknown(rule);
    }

    /// <summary>Saves a rule that isn't there yet; <c>conflict</c> if it is.</summary>
    public Task<Outcome<RuleView>> CreateAsync(Caller caller, RuleView rule, CancellationToken cancellation) =>
        SaveAsync(caller, "rule.create", rule, id: null, mustBe: false, cancellation);

    /// <summary>Replaces a rule, or makes it.</summary>
    public Task<Outcome<RuleView>> SetAsync(Caller caller, string id, RuleView rule, CancellationToken cancellation) =>
        SaveAsync(caller, "rule.set", rule, id, mustBe: null, cancellation);

    /// <summary>Deletes a rule; what it fired is resolved.</summary>
    public async Task<Outcome<Done>> DeleteAsync(Caller caller, string rule, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.RulesManage) is { } problem)
            return problem;
        var deleted = RuleNames.IsId(rule) ? await Settings(caller).DeleteRuleAsync(rule) : Unknown(rule);
        await audit.RecordAsync(caller, "rule.delete", TenantRules.Short(rule), deleted.Problem, detail: null, cancellation);
        return deleted;
    }

    /// <summary>What would come of a rule; what is wrong with it is part of the answer and no problem.</summary>
    public async Task<Outcome<RuleValidation>> ValidateAsync(Caller caller, RuleView rule, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.AlertsRead) is { } problem)
            return problem;
        var definition = rule.ToDefinition();
        if (!definition.Ok)
            return new RuleValidation(false, [definition.Problem.Message], null, [], 0, [], 0);
        var known = (await ReadSettingsAsync(caller)).Channels.Select(channel => channel.Name).ToHashSet(StringComparer.Ordinal);
        var faults = definition.Value.Channels.Where(name => !known.Contains(name))
            .Select(name => $"There is no channel '{name}'. Make it first, or leave channels out for the default ones.").ToList();
        var agents = await _targets.AgentsAsync(caller.Tenant, definition.Value);
        var series = await _targets.SeriesAsync(caller.Tenant, definition.Value, agents, QueryLimits.Series, cancellation);
        if (!series.Ok)
            faults.Add(series.Problem.Message);
        var found = series.Value ?? [];
        return new RuleValidation(
            faults.Count == 0, faults, RuleText.Of(definition.Value), [.. agents.Take(MaxShown)], agents.Count,
            [.. found.Take(MaxShown).Select(one => new RuleSeries(one.Agent, one.Series.Metric, Metrics.MetricLabels.Of(one.Series)))], found.Count);
    }

    /// <summary>Saves a checked rule and notes it in the audit store. For an admin.</summary>
    /// <param name="mustBe">As of <see cref="IAlertSettings.SetRuleAsync"/>.</param>
    internal async Task<Outcome<RuleDefinition>> SaveAsync(
        Caller caller, string action, RuleDefinition rule, bool? mustBe, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.RulesManage) is { } problem)
            return problem;
        var saved = await Settings(caller).SetRuleAsync(rule, mustBe);
        await audit.RecordAsync(caller, action, rule.Id, saved.Problem, Describe(rule), cancellation);
        return saved;
    }

    internal async Task<AlertSettingsView> ReadSettingsAsync(Caller caller) =>
        // Nobody knows revision 0.
        (await Settings(caller).GetAsync(0))!;

    private async Task<Outcome<RuleView>> SaveAsync(
        Caller caller, string action, RuleView rule, string? id, bool? mustBe, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.RulesManage) is { } problem)
            return problem;
        var definition = rule.ToDefinition(id);
        if (!definition.Ok)
            return definition.Problem;
        var saved = await SaveAsync(caller, action, definition.Value, mustBe, cancellation);
        return saved.Ok ? RuleView.Of(saved.Value) : saved.Problem;
    }

    private IAlertSettings Settings(Caller caller) => grains.Get<IAlertSettings>(caller.Tenant);

    private static string Describe(RuleDefinition rule) => $"{RuleText.Of(rule)}{(rule.Enabled ? "" : ", disabled")}";

    private static Problem Unknown(string rule) =>
        new(ProblemCodes.RuleNotFound, $"There is no rule '{TenantRules.Short(rule)}'. GET /api/v1/rules lists them.");
}
