namespace Outrider.Api.Operations.People;

/// <summary>The live sessions of a user, the newest first.</summary>
public sealed record SessionList(IReadOnlyList<SessionItem> Items);
