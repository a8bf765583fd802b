namespace Outrider.Protocol.Link;

/// <summary>Both ways: the frame of the same id was taken.</summary>
/// <param name="Registered">What was agreed, when that frame was <c>agent_register</c>; else null.</param>
public sealed record Ack(Registered? Registered = null) : ILinkMessage;
