using System.Globalization;

namespace Outrider.Agent.Executors.Processes;

/// <summary>The users and groups of this machine, as /etc/passwd and /etc/group have them.</summary>
internal static class LocalUsers
{
    /// <summary>A user's folder; null: there is no such user.</summary>
    public static string? HomeOf(string user) => Find("/etc/passwd", user, 7)?[5];

    /// <summary>A user's number and main group's; null: there is no such user.</summary>
    public static (uint User, uint Group)? IdsOf(string user) =>
        Find("/etc/passwd", user, 7) is { } fields && Number(fields[2]) is { } id && Number(fields[3]) is { } group ? (id, group) : null;

    /// <summary>A group's number; null: there is no such group.</summary>
    public static uint? GroupOf(string group) => Find("/etc/group", group, 4) is { } fields ? Number(fields[2]) : null;

    private static string[]? Find(string file, string name, int fields)
    {
        try
        {
            return File.ReadLines(file).Select(line => line.Split(':')).FirstOrDefault(found => found.Length == fields && found[0] == name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static uint? Number(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
