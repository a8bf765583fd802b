using System.Buffers;

namespace Outrider.Agent.Policy.Commands;

/// <summary>Writes words so that a POSIX shell, and <see cref="CommandText"/>, read exactly them.</summary>
internal static class CommandQuoting
{
    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+./:,@%");

    public static string Quote(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>A stage, its variables before its words.</summary>
    public static string Quote(CommandStage stage) =>
        string.Join(' ', stage.Environment.Select(variable => $"{variable.Key}={Quote(variable.Value)}").Concat(stage.Words.Select(Quote)));

    private static string Quote(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(s_plain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
