namespace Outrider.Storage.Shared;

/// <summary>How much goes into one write of a <see cref="GroupWriter{T}"/>.</summary>
/// <param name="Items">So many items at most.</param>
/// <param name="Size">So much at most, unless one item alone is more.</param>
internal readonly record struct GroupLimits(int Items, int Size);
