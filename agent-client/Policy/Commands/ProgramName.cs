using System.Buffers;
using Outrider.Agent.Policy.Paths;

namespace Outrider.Agent.Policy.Commands;

/// <summary>How programs may be called, by a policy and by a task: by a name or an absolute path of plain ASCII, so that none looks like another.</summary>
internal static class ProgramName
{
    private static readonly SearchValues<char> s_characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+./@[");

    public static bool IsPlain(string program) =>
        program.Length is > 0 and <= 4096 && !program.AsSpan().ContainsAnyExcept(s_characters) && program[0] is not ('-' or '.')
        && program[^1] != '/' && (program[0] == '/' ? PathText.IsPlain(program) : !program.Contains('/', StringComparison.Ordinal));

    /// <summary>The last part of its path.</summary>
    public static string Of(string program) => program[(program.LastIndexOf('/') + 1)..];
}
