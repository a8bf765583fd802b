using Outrider.Grains.Files;

namespace Outrider.Api.Operations.Files;

/// <summary>What a caller says of a file that they send.</summary>
/// <param name="Name">As they wrote it; null: not at all.</param>
/// <param name="ContentType">As they declared it, without parameters; null: not at all.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Sha256">What they have computed; null: nothing.</param>
/// <param name="Bytes">How much is to come; null: not known.</param>
public sealed record FileOffer(string? Name, string? ContentType, FileKind Kind, string? Sha256, long? Bytes);
