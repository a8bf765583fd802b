using Outrider.Api.Auth;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>Takes alerting rules of Prometheus over, the same for every front door.</summary>
public sealed class ImportOperations(RuleOperations rules)
{
    /// <summary>Bytes of a file at most.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// Makes a rule of each of a file's alerts, or says why not. The same file again changes the same rules. For an admin;
    /// <c>invalid_argument</c>: it is no rule file.
    /// </summary>
    /// <param name="isDryRun">Says what it would do, and changes nothing.</param>
    public async Task<Outcome<ImportAnswer>> ImportAsync(Caller caller, string file, bool isDryRun, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.RulesManage) is { } problem)
            return problem;
        var read = PrometheusRuleFile.Read(file);
        if (!read.Ok)
            return read.Problem;
        var there = (await rules.ReadSettingsAsync(caller)).Rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var imported = new List<ImportedRule>(read.Value.Count);
        foreach (var source in read.Value)
            imported.Add(await ImportAsync(caller, source, IdOf(source, taken), there, isDryRun, cancellation));
        return new ImportAnswer(isDryRun, Count(ImportOutcome.Created), Count(ImportOutcome.Updated), Count(ImportOutcome.Refused), imported);

        int Count(ImportOutcome outcome) => imported.Count(one => one.Outcome == outcome);
    }

    private async Task<ImportedRule> ImportAsync(
        Caller caller, PrometheusRule source, string? id, Dictionary<string, RuleDefinition> there, bool isDryRun, CancellationToken cancellation)
    {
        if (source.Fault is null && id is null)
            return Refused(source, "No id can be made of its name; use letters or digits.");
        var translated = RuleTranslation.Translate(source, id ?? "");
        if (!translated.Ok)
            return Refused(source, translated.Problem.Message);
        var (rule, notes) = translated.Value;
        var before = there.GetValueOrDefault(rule.Id);
        if (before is { Builtin: true })
            return Refused(source, $"'{rule.Id}' is the id of a built-in rule; give it another name.");
        if (!isDryRun)
        {
            // What a file can't say stays as it is.
            var kept = before is null ? rule : rule with
            {
                Enabled = before.Enabled, Channels = before.Channels, RepeatMinutes = before.RepeatMinutes, GroupSeconds = before.GroupSeconds,
            };
            var saved = await rules.SaveAsync(caller, "rule.import", kept, mustBe: null, cancellation);
            if (!saved.Ok)
                return Refused(source, saved.Problem.Message);
        }
        var outcome = before is null ? ImportOutcome.Created : ImportOutcome.Updated;
        return new ImportedRule(source.Group, source.Alert, outcome, null, rule.Id, RuleText.Of(rule), notes);
    }

    /// <summary>An alert's name, with its severity or a number where the file has it more than once: the same in each import.</summary>
    private static string? IdOf(PrometheusRule source, HashSet<string> taken)
    {
        if (source.Fault is not null || RuleNames.IdOf(source.Alert) is not { } name)
            return null;
        if (taken.Add(name))
            return name;
        if (source.Labels.GetValueOrDefault("severity") is { } severity && RuleNames.IdOf(Shorter(name) + "-" + severity) is { } graded && taken.Add(graded))
            return graded;
        for (var number = 2; ; number++)
        {
            if (taken.Add($"{Shorter(name)}-{number}"))
                return $"{Shorter(name)}-{number}";
        }
    }

    private static string Shorter(string name) => name[..Math.Min(name.Length, RuleLimits.Id - 16)];

    private static ImportedRule Refused(PrometheusRule source, string why) => new(source.Group, source.Alert, ImportOutcome.Refused, why);
}
