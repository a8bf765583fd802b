namespace Outrider.Api.Rest.Requests;

/// <summary>Somebody takes an alert on.</summary>
/// <param name="Note">What they think of it; at most 1000 characters.</param>
public sealed record AcknowledgeRequest(string? Note = null);
