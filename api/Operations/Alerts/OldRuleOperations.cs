using Outrider.Api.Auth;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>Takes rules in their older forms, the same for every front door.</summary>
public sealed class OldRuleOperations(RuleOperations rules, ChannelOperations channels)
{
    /// <summary>Makes the rule, and before it a channel of each of its actions that has none yet. For an admin.</summary>
    public async Task<Outcome<RuleView>> CreateAsync(Caller caller, OldRule old, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.RulesManage) is { } problem)
            return problem;
        var rule = old.ToRule();
        if (!rule.Ok)
            return rule.Problem;
        // What is wrong with the rule is found before any channel is made.
        if (rule.Value.ToDefinition() is { Problem: { } fault })
            return fault;
        if (old.Actions?.Count > RuleLimits.Channels)
            return TenantRules.Invalid($"actions are {RuleLimits.Channels} at most.");
        var named = await ChannelsAsync(caller, old.Actions ?? [], cancellation);
        return named.Ok
            ? await rules.CreateAsync(caller, named.Value.Count == 0 ? rule.Value : rule.Value with { Channels = named.Value }, cancellation)
            : named.Problem;
    }

    private async Task<Outcome<List<string>>> ChannelsAsync(Caller caller, List<OldAction> actions, CancellationToken cancellation)
    {
        var there = (await rules.ReadSettingsAsync(caller)).Channels;
        var names = new List<string>();
        foreach (var action in actions.Distinct())
        {
            var channel = there.FirstOrDefault(one => one.Type == action.Type && one.Url == action.Url)?.Name;
            if (channel is null)
            {
                var saved = await channels.SaveAsync(caller, action.ToChannel(), cancellation);
                if (!saved.Ok)
                    return saved.Problem;
                channel = saved.Value.Name!;
            }
            names.Add(channel);
        }
        return names;
    }
}
