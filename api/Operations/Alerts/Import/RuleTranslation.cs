using Outrider.Grains.Alerts;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>Makes rules of ours out of Prometheus'. Where the expression is simple enough it is evaluated in the stream.</summary>
internal static class RuleTranslation
{
    private const string SeverityLabel = "severity";
    private const int DefaultInterval = 60;

    /// <param name="id">What it will be called.</param>
    public static Outcome<TranslatedRule> Translate(PrometheusRule source, string id)
    {
        if (source.Fault is { } fault)
            return Refused(fault);
        if (!Length(source.For, out var hold) || !Length(source.KeepFiringFor, out var keep) || !Length(source.Interval, out var interval))
            return Refused($"for, keep_firing_for and interval must each be {RuleDurations.Rule}");
        var notes = new List<string>();
        var rule = Head(source, id, notes) with { DurationSeconds = hold, KeepFiringSeconds = keep };
        var translated = Condition(rule, source.Expression, interval, notes);
        if (!translated.Ok)
            return translated.Problem;
        return RuleFaults.Of(translated.Value) is { } wrong ? wrong : new TranslatedRule(translated.Value, notes);
    }

    private static RuleDefinition Head(PrometheusRule source, string id, List<string> notes)
    {
        var others = source.Labels.Keys.Where(name => name != SeverityLabel).ToList();
        if (others.Count > 0)
            notes.Add($"The labels {string.Join(", ", others)} are left out: channels are chosen by the rule itself.");
        var left = source.Annotations.Keys.Where(name => name is not ("summary" or "description")).ToList();
        if (left.Count > 0)
            notes.Add($"The annotations {string.Join(", ", left)} are left out.");
        return new RuleDefinition
        {
            Id = id,
            Name = Cut(source.Alert, RuleLimits.Name),
            Description = Cut(source.Annotations.GetValueOrDefault("description") ?? "", RuleLimits.Description),
            Severity = Severity(source.Labels.GetValueOrDefault(SeverityLabel), notes),
            Summary = source.Annotations.GetValueOrDefault("summary") is { Length: > 0 } summary
                ? Cut(AnnotationText.Translate(summary, notes), RuleLimits.Summary)
                : null,
        };
    }

    private static Outcome<RuleDefinition> Condition(RuleDefinition rule, string expression, int interval, List<string> notes)
    {
        if (SimpleExpression.Absent(rule, expression, notes) is { } absent)
            return absent;
        var parsed = PromQlParser.Parse(expression);
        if (!parsed.Ok)
            return parsed.Problem;
        if (SimpleExpression.Comparison(rule, parsed.Value) is { } simple)
            return simple;
        var every = Math.Clamp(interval == 0 ? DefaultInterval : interval, RuleLimits.MinIntervalSeconds, RuleLimits.MaxIntervalSeconds);
        notes.Add($"Evaluated as an expression every {RuleDurations.Text(every)}, not in the stream.");
        return rule with { Expression = expression, IntervalSeconds = every };
    }

    private static AlertSeverity Severity(string? label, List<string> notes)
    {
        switch (label?.ToLowerInvariant())
        {
            case "critical" or "page" or "error" or "high" or "emergency" or "fatal":
                return AlertSeverity.Critical;
            case "info" or "information" or "none" or "low" or "notice":
                return AlertSeverity.Info;
            case null or "warning" or "warn" or "medium":
                return AlertSeverity.Warning;
            default:
                notes.Add($"The severity '{Cut(label, 40)}' is not known; it is a warning here.");
                return AlertSeverity.Warning;
        }
    }

    private static bool Length(string? text, out int seconds)
    {
        seconds = 0;
        return text is null || RuleDurations.TryParse(text, out seconds);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    private static Problem Refused(string why) => new(ProblemCodes.InvalidArgument, $"{char.ToUpperInvariant(why[0])}{why[1..]}.");
}
