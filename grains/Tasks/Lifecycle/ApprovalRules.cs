using System.Text;
using Outrider.Protocol.Credentials;

namespace Outrider.Grains.Tasks.Lifecycle;

/// <summary>Which approval rule holds for a task.</summary>
public static class ApprovalRules
{
    /// <summary>The first that holds; null: none does.</summary>
    public static ApprovalRule? First(IEnumerable<ApprovalRule> rules, TaskRequest request, IReadOnlyList<string> agents)
    {
        var command = Plain(request);
        return rules.FirstOrDefault(rule =>
            agents.Count >= rule.MinAgents
            && (rule.Types is not { Count: > 0 } types || types.Contains(request.Type))
            && (rule.Agents is not { Count: > 0 } names || agents.Any(agent => names.Exists(name => Names.Matches(name, agent))))
            && (rule.Commands is not { Count: > 0 } patterns || patterns.Exists(pattern => Names.Matches(Plain(pattern), command))));
    }

    /// <summary>
    /// The command (and a shell task's arguments) in lower case, without quotes and backslashes, runs of blanks as one: as it is written
    /// makes no difference to what it does, and shall make none here.
    /// </summary>
    private static string Plain(TaskRequest request) =>
        Plain($"{request.Command} {(request.Params is { ValueKind: System.Text.Json.JsonValueKind.Object } all && all.TryGetProperty("args", out var args) ? args.GetRawText().Replace(',', ' ').Trim('[', ']') : "")}");

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '"' or '\'' or '\\')
                continue;
            if (!char.IsWhiteSpace(c))
                plain.Append(char.ToLowerInvariant(c));
            else if (plain.Length > 0 && plain[^1] != ' ')
                plain.Append(' ');
        }
        return plain.ToString().Trim();
    }
}
