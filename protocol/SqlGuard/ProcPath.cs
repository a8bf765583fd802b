namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// Which paths SHOW PROC may open. Nodes with credentials or the security posture (/resources, /auth, /brokers,
/// /catalog, …) are not on the list, and neither is whatever a later version adds.
/// </summary>
internal static class ProcPath
{
    private const int MaxSegments = 9;
    private const int MaxSegmentLength = 128;

    // Root nodes that may be opened, and those among them that have children.
    private static readonly WordSet Roots = new("""
        backends cluster_balance colocation_group compactions compute_nodes current_queries dbs frontends
        global_current_queries jobs replications statistic tasks transactions
        """);

    private static readonly WordSet Directories = new("backends cluster_balance colocation_group dbs jobs statistic tasks transactions");

    public static bool IsAllowed(string path)
    {
        if (!path.StartsWith('/'))
            return false;
        var segments = path[1..].Split('/', MaxSegments + 1);
        // The server looks roots up with case.
        return segments.Length <= MaxSegments
            && Roots.Words.Contains(segments[0])
            && (segments.Length == 1 || Directories.Words.Contains(segments[0]))
            && segments.All(IsSegment);
    }

    private static bool IsSegment(string segment) =>
        segment.Length is > 0 and <= MaxSegmentLength
        && segment is not ("." or "..")
        && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
