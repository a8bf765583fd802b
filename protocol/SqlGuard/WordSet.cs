using System.Collections.Frozen;
using System.Text;

namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// A set of ASCII words that compares without case in ASCII only: no culture, no Unicode folding, so that a Kelvin sign
/// never equals a K.
/// </summary>
internal sealed class WordSet
{
    private const int MaxWordLength = 128;

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lower;

    /// <param name="words">The words in lower case, separated by whitespace.</param>
    public WordSet(string words) =>
        _lower = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    public FrozenSet<string> Words => _lower.Set;

    public bool Contains(ReadOnlySpan<char> word)
    {
        if (word.Length > MaxWordLength)
            return false;
        Span<char> lower = stackalloc char[word.Length];
        return Ascii.ToLower(word, lower, out _) == System.Buffers.OperationStatus.Done && _lower.Contains(lower);
    }
}
