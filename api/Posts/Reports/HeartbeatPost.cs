using System.Text.Json.Serialization;

namespace Outrider.Api.Posts.Reports;

/// <summary>The body of a heartbeat.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record HeartbeatPost
{
    public required string ServerName { get; init; }
}
