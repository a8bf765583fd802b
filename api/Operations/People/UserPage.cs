using Outrider.Grains.People;

namespace Outrider.Api.Operations.People;

/// <summary>Users by name.</summary>
/// <param name="Next">Pass it as <c>after</c> for the next page; null: this was the last.</param>
public sealed record UserPage(IReadOnlyList<UserView> Items, string? Next);
