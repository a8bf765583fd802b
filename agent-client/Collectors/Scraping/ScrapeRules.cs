using System.Text;
using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors.Scraping;

/// <summary>An ordered list of <see cref="ScrapeRule"/>s.</summary>
internal sealed class ScrapeRules(IReadOnlyList<ScrapeRule> rules)
{
    private readonly bool _allowList = rules.Any(rule => !rule.Drop);

    /// <summary>Whether a metric of this name may be kept, its labels unread: whatever isn't is dropped at once.</summary>
    public bool MayKeep(ReadOnlySpan<byte> metric)
    {
        foreach (var rule in rules)
        {
            if (ScrapeRule.Fits(metric, rule.Metric) && (!rule.Drop || rule.Label is null))
                return !rule.Drop;
        }
        return !_allowList;
    }

    public bool Keeps(ReadOnlySpan<byte> metric, List<Label> labels)
    {
        foreach (var rule in rules)
        {
            if (ScrapeRule.Fits(metric, rule.Metric) && Fits(rule, labels))
                return !rule.Drop;
        }
        return !_allowList;
    }

    private static bool Fits(ScrapeRule rule, List<Label> labels)
    {
        if (rule.Label is null)
            return true;
        foreach (var (name, value) in labels)
        {
            if (name == rule.Label)
                return rule.Value is null || ScrapeRule.Fits(Encoding.UTF8.GetBytes(value), rule.Value);
        }
        return false;
    }
}
