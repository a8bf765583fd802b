namespace Outrider.Protocol.Link;

/// <summary>Marks what the <c>data</c> of a text frame can be; <see cref="FrameTypes.Of"/> names the type that carries it.</summary>
public interface ILinkMessage;
