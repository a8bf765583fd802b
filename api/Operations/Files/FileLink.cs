namespace Outrider.Api.Operations.Files;

/// <summary>A link to a file that needs no key.</summary>
/// <param name="Url">Below the centre's address. Whoever has it may read the file.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record FileLink(string Url, DateTimeOffset ExpiresAt);
