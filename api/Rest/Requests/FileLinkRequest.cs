namespace Outrider.Api.Rest.Requests;

/// <summary>A link to a file is wanted.</summary>
/// <param name="ExpiresSeconds">How long it lasts: 60 to 86 400.</param>
public sealed record FileLinkRequest(int ExpiresSeconds = 3600);
