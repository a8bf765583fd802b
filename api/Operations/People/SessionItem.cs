using Outrider.Grains.People;

namespace Outrider.Api.Operations.People;

/// <summary>One of a user's sessions.</summary>
/// <param name="LastSeenAt">When it was used last, to five minutes.</param>
/// <param name="ExpiresAt">When it is over unless it is used.</param>
/// <param name="Ip">The address it was opened from; null: it isn't known.</param>
/// <param name="Client">What the browser or program calls itself; null: it didn't say.</param>
/// <param name="Current">Whether it is the one that asks.</param>
public sealed record SessionItem(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Ip, string? Client, bool Current)
{
    internal static SessionItem Of(UserSession session, string current) => new(
        session.Id, session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.Ip, session.Client, session.Id == current);
}
