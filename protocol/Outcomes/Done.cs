namespace Outrider.Protocol.Outcomes;

/// <summary>The value of an <see cref="Outcome{T}"/> that has nothing to say but that it worked.</summary>
public sealed record Done
{
    /// <summary>The only value needed.</summary>
    public static Done Value { get; } = new();
}
