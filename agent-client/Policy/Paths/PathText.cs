namespace Outrider.Agent.Policy.Paths;

/// <summary>Paths as text: pure.</summary>
internal static class PathText
{
    /// <summary>Whether it is an absolute path that means only itself: no <c>.</c>, <c>..</c> or empty part, no control character.</summary>
    public static bool IsPlain(string path) =>
        path.Length is > 0 and <= 4096 && path[0] == '/' && !path.Any(char.IsControl)
        && (path.Length == 1 || path.TrimEnd('/').Split('/').Skip(1).All(part => part is not ("" or "." or "..")));

    /// <summary>Whether a path is the folder or lies below it; both without links and dots.</summary>
    public static bool IsAtOrBelow(string path, string folder)
    {
        folder = folder.TrimEnd('/');
        return path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');
    }

    /// <summary>Its last part.</summary>
    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
