using System.Text.Json.Serialization;

namespace Outrider.Api.Posts.Reports;

/// <summary>The body of a registration.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record RegisterPost
{
    public required string ServerName { get; init; }

    /// <summary>Of a new agent: the credential it made for itself and has stored; null: the centre makes one.</summary>
    public string? Credential { get; init; }

    public SystemInfo? SystemInfo { get; init; }

    /// <summary>Hides the secret.</summary>
    public override string ToString() => $"{nameof(RegisterPost)} {ServerName}";
}
