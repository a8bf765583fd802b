namespace Outrider.Api.Operations.Files;

/// <summary>Some files.</summary>
/// <param name="Files">The newest first.</param>
/// <param name="Next">Continue after this id; null: there are no more.</param>
public sealed record FilePage(IReadOnlyList<FileView> Files, string? Next);
