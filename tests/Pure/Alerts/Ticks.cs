using System.Globalization;
using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Pure.Alerts;

/// <summary>Runs a rule over samples written as <c>second:value</c>, and writes its transitions the same way.</summary>
internal static class Ticks
{
    /// <summary>Seconds begin here: times are never near 0.</summary>
    public const long Begin = 1_700_000_000_000;

    public static readonly Series Subject = new("load");

    public static RuleDefinition Rule(Func<RuleDefinition, RuleDefinition>? change = null)
    {
        var rule = new RuleDefinition { Id = "r", Name = "r", Metric = "load", Threshold = 80 };
        return change?.Invoke(rule) ?? rule;
    }

    /// <summary>Parts of <paramref name="text"/> divided by <c>|</c> are steps of their own.</summary>
    public static string Run(RuleDefinition definition, string text)
    {
        var rule = new EvaluatedRule(definition);
        var stream = new EvaluationStream(SavedStream.Empty);
        var transitions = text.Split('|').SelectMany(step =>
        {
            var samples = step.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read).ToList();
            return stream.Run(
                [.. samples.Where(one => one.Value is not null).Select(one => new Reading(rule, Subject, new Sample(one.Time, one.Value!.Value)))],
                samples.Select(one => one.Time));
        });
        return Text(transitions);
    }

    public static string Text(IEnumerable<Transition> transitions) => string.Join(' ', transitions.Select(Text));

    public static string Text(Transition transition) => string.Create(CultureInfo.InvariantCulture,
        $"{(transition.At - Begin) / 1_000}:{transition.To switch
        {
            InstanceState.Pending => "pending",
            InstanceState.Firing => "firing",
            InstanceState.Resolved { Reason: Outrider.Grains.Alerts.ResolveReason.NoData } => "gone",
            InstanceState.Resolved => "resolved",
            _ => "inactive",
        }}");

    /// <summary><c>30:-</c> is a time at which the agent measured other things.</summary>
    private static (long Time, double? Value) Read(string text)
    {
        var parts = text.Split(':');
        return (Begin + long.Parse(parts[0], CultureInfo.InvariantCulture) * 1_000,
            parts[1] == "-" ? null : double.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
