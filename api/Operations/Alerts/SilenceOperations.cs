using Outrider.Api.Auth;
using Outrider.Grains.Alerts;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>What callers may do with silences, the same for every front door.</summary>
public sealed class SilenceOperations(IGrains grains, Auditor audit, TimeProvider time)
{
    private const int MaxComment = 1_000;

    public async Task<Outcome<SilenceList>> ListAsync(Caller caller)
    {
        if (Permissions.Require(caller, Permission.AlertsRead) is { } problem)
            return problem;
        var now = time.GetUtcNow();
        var settings = (await Settings(caller).GetAsync(0))!;
        return new SilenceList([.. settings.Silences.Where(one => one.To > now).OrderBy(one => one.To).Select(SilenceView.Of)]);
    }

    /// <summary>Keeps matching alerts quiet for a while.</summary>
    public async Task<Outcome<SilenceView>> AddAsync(Caller caller, SilenceView silence, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.SilencesManage) is { } problem)
            return problem;
        var made = Make(silence, caller.CredentialId, time.GetUtcNow());
        if (!made.Ok)
            return made.Problem;
        var added = await Settings(caller).AddSilenceAsync(made.Value);
        await audit.RecordAsync(caller, "silence.create", added.Value?.Id ?? "", added.Problem, Describe(made.Value), cancellation);
        return added.Ok ? SilenceView.Of(added.Value) : added.Problem;
    }

    /// <summary>Ends a silence now.</summary>
    public async Task<Outcome<Done>> DeleteAsync(Caller caller, string silence, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.SilencesManage) is { } problem)
            return problem;
        var deleted = await Settings(caller).DeleteSilenceAsync(silence);
        await audit.RecordAsync(caller, "silence.delete", TenantRules.Short(silence), deleted.Problem, detail: null, cancellation);
        return deleted;
    }

    private static Outcome<Silence> Make(SilenceView asked, string by, DateTimeOffset now)
    {
        if (asked.To is null == asked.Duration is null)
            return TenantRules.Invalid("Say how long: either duration, such as 2h, or to.");
        if ((asked.Rule is { } rule && !RuleNames.IsPattern(rule)) || (asked.Agent is { } agent && !RuleNames.IsPattern(agent)))
            return TenantRules.Invalid("rule and agent are names, with '*' for any run of characters, such as prod-*.");
        if (asked.Comment?.Length > MaxComment)
            return TenantRules.Invalid($"comment may have {MaxComment} characters; it has {asked.Comment.Length}.");
        var labels = LabelPairs.Of(asked.Labels);
        if (RuleFaults.OfLabels(labels) is { } fault)
            return fault;
        var from = asked.From ?? now;
        if (asked.Duration is { } length && DateTimeOffset.MaxValue - from < TimeSpan.FromSeconds(length.Seconds))
            return TenantRules.Invalid("The silence would never end. Give a shorter duration.");
        return new Silence
        {
            Id = "",
            Rule = asked.Rule ?? "*",
            Agent = asked.Agent ?? "*",
            Labels = labels,
            From = from,
            To = asked.To ?? from.AddSeconds(asked.Duration!.Value.Seconds),
            Comment = asked.Comment ?? "",
            By = by,
        };
    }

    private static string Describe(Silence silence) =>
        $"rule {silence.Rule} agent {silence.Agent} {string.Join(' ', silence.Labels)} {silence.From:O} to {silence.To:O} {silence.Comment}";

    private IAlertSettings Settings(Caller caller) => grains.Get<IAlertSettings>(caller.Tenant);
}
