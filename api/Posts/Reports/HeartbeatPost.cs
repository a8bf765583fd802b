namespace Outrider.Api.Posts.Reports;

/// <summary>The body of a heartbeat.</summary>
internal sealed record HeartbeatPost
{
    public required string ServerName { get; init; }
}
