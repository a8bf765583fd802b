namespace Outrider.Storage.Metrics;

/// <summary>
/// Windows that have folded chunks. Who reads only these windows has read all if the count of moves is the same afterwards and no move is
/// under way.
/// </summary>
/// <param name="Windows">The windows.</param>
/// <param name="Moves">How often samples have begun or ended to move from the journal to there.</param>
/// <param name="Moving">Whether they do now.</param>
internal readonly record struct FoldedWindows(HashSet<int> Windows, int Moves, bool Moving)
{
    /// <summary>Any window may have some.</summary>
    public static FoldedWindows NotKnown { get; } = new([], 0, Moving: true);
}
