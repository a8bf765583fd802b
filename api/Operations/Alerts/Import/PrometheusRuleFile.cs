using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>Reads the form of rule files that Prometheus and vmalert share: groups of rules.</summary>
internal static class PrometheusRuleFile
{
    public const int MaxRules = 500;

    private static readonly string[] s_members =
        ["alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations"];

    /// <summary>All rules, also those that can't be taken; <c>invalid_argument</c>: it is no such file.</summary>
    public static Outcome<List<PrometheusRule>> Read(string text)
    {
        var document = YamlDocument.Read(text);
        if (!document.Ok)
            return document.Problem;
        if (document.Value is not YamlNode.Map { Members: var members } || members.GetValueOrDefault("groups") is not YamlNode.List groups)
            return Invalid("A rule file begins with 'groups:', a list of groups with 'name' and 'rules'.");
        var rules = new List<PrometheusRule>();
        foreach (var group in groups.Items)
        {
            if (group is not YamlNode.Map { Members: var parts } || Word(parts, "name") is not { } name
                || parts.GetValueOrDefault("rules") is not YamlNode.List listed)
            {
                return Invalid($"The group at line {group.Line} must have a name and rules.");
            }
            rules.AddRange(listed.Items.Select(rule => ReadRule(name, Word(parts, "interval"), rule)));
            if (rules.Count > MaxRules)
                return Invalid($"The file has more than {MaxRules} rules; split it.");
        }
        return rules;
    }

    private static PrometheusRule ReadRule(string group, string? interval, YamlNode node)
    {
        if (node is not YamlNode.Map { Members: var members })
            return Refused(group, $"line {node.Line}", "a rule must have members");
        if (Word(members, "record") is { } record)
            return Refused(group, record, "it records a series; only alerts are taken");
        if (Word(members, "alert") is not { Length: > 0 } alert || Word(members, "expr") is not { Length: > 0 } expression)
            return Refused(group, Word(members, "alert") ?? $"line {node.Line}", "a rule must have alert and expr");
        if (members.Keys.FirstOrDefault(name => !s_members.Contains(name)) is { } unknown)
            return Refused(group, alert, $"'{unknown}' is not known in a rule; there are {string.Join(", ", s_members)}");
        return new PrometheusRule(group, alert, expression)
        {
            Interval = interval,
            For = Word(members, "for"),
            KeepFiringFor = Word(members, "keep_firing_for"),
            Labels = Words(members, "labels"),
            Annotations = Words(members, "annotations"),
        };
    }

    private static PrometheusRule Refused(string group, string name, string why) => new(group, name, "") { Fault = why };

    private static string? Word(Dictionary<string, YamlNode> members, string name) =>
        members.GetValueOrDefault(name) is YamlNode.Text { Value: var text } ? text.Trim() : null;

    private static Dictionary<string, string> Words(Dictionary<string, YamlNode> members, string name) =>
        members.GetValueOrDefault(name) is not YamlNode.Map { Members: var words }
            ? []
            : words.Where(word => word.Value is YamlNode.Text)
                .ToDictionary(word => word.Key, word => ((YamlNode.Text)word.Value).Value, StringComparer.Ordinal);

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}
