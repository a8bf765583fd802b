using Outrider.Agent.Policy.Commands;

namespace Outrider.Agent.Executors.Files;

/// <summary>Names of entries in archives: pure.</summary>
internal static class ArchiveName
{
    private const int MaxDepth = 64;

    /// <summary>The parts of a path below the target folder, none for the folder itself; null: it would lead out of it, or hides something.</summary>
    public static string[]? Parts(string name)
    {
        if (name.Length is 0 or > 4096 || name[0] == '/' || name.Contains('\\', StringComparison.Ordinal) || CommandCharacters.Fault(name) is not null)
            return null;
        string[] parts = [.. name.TrimEnd('/').Split('/').Where(part => part != ".")];
        return parts.Length <= MaxDepth && parts.All(IsPlain) ? parts : null;
    }

    /// <summary>Whether it can be a file's name in a folder.</summary>
    public static bool IsPlain(string part) =>
        part is not ("" or "." or "..") && part.Length <= 255 && !part.Contains('/', StringComparison.Ordinal) && CommandCharacters.Fault(part) is null;
}
