namespace Outrider.Protocol.Link;

/// <summary>A text frame.</summary>
/// <param name="Id">Names it where an answer is wanted; an answer (<c>ack</c>, <c>error</c>) carries the id it answers. Else null.</param>
/// <param name="Seq">Counts the text frames of one direction of one link: 1, 2, 3, …</param>
/// <param name="Ts">The sender's clock, milliseconds since 1970 UTC; for people, and for an agent to find how far its clock is off.</param>
/// <param name="Data">What it says.</param>
public sealed record Frame(string? Id, long Seq, long Ts, ILinkMessage Data);
