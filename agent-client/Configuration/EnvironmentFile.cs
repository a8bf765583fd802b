using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Configuration;

/// <summary>Files of lines <c>NAME=value</c>; blank lines and those that begin with <c>#</c> are left out, quotes around a value too.</summary>
internal static class EnvironmentFile
{
    /// <summary>What it says; nothing if it isn't there. <c>invalid_argument</c>: a line is none of these.</summary>
    public static Outcome<Dictionary<string, string>> Load(string path)
    {
        try
        {
            return Read(File.Exists(path) ? File.ReadAllLines(path) : [], Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemCodes.InvalidArgument, $"{Path.GetFileName(path)} can't be read: {e.Message}");
        }
    }

    /// <inheritdoc cref="Load"/>
    public static Outcome<Dictionary<string, string>> Read(IEnumerable<string> lines, string name)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                return new Problem(ProblemCodes.InvalidArgument, $"{name} has a line that isn't NAME=value.");
            values[line[..at].Trim()] = Unquote(line[(at + 1)..].Trim());
        }
        return values;
    }

    private static string Unquote(string value) =>
        value is ['"', .., '"'] or ['\'', .., '\''] && value.Length >= 2 ? value[1..^1] : value;
}
