namespace Outrider.Agent.Collectors;

/// <summary>A metric batch as bytes (docs/formats/metric-batch.md).</summary>
/// <param name="Boot">The boot in which it was made.</param>
/// <param name="Seq">Its number within that boot.</param>
/// <param name="Bytes">At most <see cref="Protocol.Link.LinkProtocol.MaxBlockBytes"/>, so that one frame carries it.</param>
public sealed record EncodedBatch(string Boot, ulong Seq, ReadOnlyMemory<byte> Bytes);
