using System.Text.RegularExpressions;
using Outrider.Api.Auth;
using Outrider.Testing.Processes;

namespace Outrider.Testing.Documents;

/// <summary>The tables of <c>docs/rights.md</c>.</summary>
public static partial class RightsPage
{
    /// <summary>The rows under a heading: what is in their first cell → their other cells.</summary>
    public static Dictionary<string, string[]> Table(string heading) =>
        File.ReadLines(Path.Combine(Programs.Root, "docs", "rights.md"))
            .SkipWhile(line => line != $"## {heading}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[0].Trim('`'), cells => cells[1..]);

    /// <summary>The rows under a heading with the permission that each needs first; null: none.</summary>
    public static Dictionary<string, Permission?> Permissions(string heading) =>
        Table(heading).ToDictionary(row => row.Key, row => Find(row.Value[0]));

    private static Permission? Find(string cell) => Quoted().Match(cell) is { Success: true } name
        ? Enum.GetValues<Permission>().Single(permission => Api.Auth.Permissions.NameOf(permission) == name.Groups[1].Value)
        : null;

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Quoted();
}
