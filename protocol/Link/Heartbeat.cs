namespace Outrider.Protocol.Link;

/// <summary>Both ways: the sender lives. With an id it asks for an <c>ack</c>, at once.</summary>
public sealed record Heartbeat : ILinkMessage;
