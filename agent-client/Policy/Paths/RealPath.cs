namespace Outrider.Agent.Policy.Paths;

/// <summary>Paths as the kernel reads them: links followed, <c>.</c> and <c>..</c> taken out, in its order.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40;
    private const int MaxLength = 4096;

    /// <summary>The path of what it names; parts that don't exist stay as they are. Null: too long, or links go round in a circle.</summary>
    /// <param name="path">Absolute, or relative to the folder.</param>
    /// <param name="folder">An absolute path.</param>
    public static string? Resolve(string path, string folder)
    {
        if (path.Length > MaxLength || path.Contains('\0', StringComparison.Ordinal))
            return null;
        var rest = new Stack<string>();
        Push(rest, path);
        if (!path.StartsWith('/'))
            Push(rest, folder);
        var real = "";
        var links = 0;
        while (rest.TryPop(out var part))
        {
            if (part == "..")
            {
                real = real[..Math.Max(0, real.LastIndexOf('/'))];
                continue;
            }
            var next = $"{real}/{part}";
            if (next.Length > MaxLength || rest.Count > MaxLength)
                return null;
            if (LinkTarget(next) is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MaxLinks)
                return null;
            Push(rest, target);
            if (target.StartsWith('/'))
                real = "";
        }
        return real.Length == 0 ? "/" : real;
    }

    private static void Push(Stack<string> rest, string path)
    {
        foreach (var part in path.Split('/').Reverse().Where(part => part is not ("" or ".")))
            rest.Push(part);
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
