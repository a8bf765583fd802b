using System.Text.Json.Serialization;

namespace Outrider.Agent.Collectors.Containers;

/// <summary>An entry of <c>GET /containers/json</c> (https://docs.docker.com/reference/api/engine/version/v1.41/).</summary>
internal sealed record DockerContainer
{
    [JsonPropertyName("Id")]
    public string? Id { get; init; }

    /// <summary>Each after a slash.</summary>
    [JsonPropertyName("Names")]
    public List<string?>? Names { get; init; }

    [JsonPropertyName("Image")]
    public string? Image { get; init; }
}
