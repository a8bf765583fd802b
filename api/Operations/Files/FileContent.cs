using Outrider.Grains.Files;

namespace Outrider.Api.Operations.Files;

/// <summary>A file that is open for reading.</summary>
/// <param name="File">What it is.</param>
/// <param name="Content">Can seek; whoever asked disposes of it.</param>
public sealed record FileContent(StoredFile File, Stream Content);
