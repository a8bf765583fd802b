namespace Outrider.Api.Rest.Requests;

/// <summary>A decision's reason.</summary>
/// <param name="Note">Whatever is to be remembered of it.</param>
public sealed record NoteRequest(string? Note = null);
