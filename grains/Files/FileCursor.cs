namespace Outrider.Grains.Files;

/// <summary>Where a page of files ended.</summary>
public sealed record FileCursor(DateTimeOffset CreatedAt, string Id);
