namespace Outrider.Api.Rest.Metrics;

/// <summary>Agents by name, in the words of older designs.</summary>
/// <param name="Servers">The page.</param>
/// <param name="Next">Pass it as <c>after</c> for the next page; null: this was the last.</param>
public sealed record ServerPage(IReadOnlyList<ServerView> Servers, string? Next);
