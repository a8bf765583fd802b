using System.Text.Json.Serialization;

namespace Outrider.Agent.Cluster.Configuration;

/// <summary>What stands in <c>cluster.json</c>, by the names that the silos' settings have; the environment overrides it.</summary>
internal sealed record ClusterFile
{
    public string? ClusterId { get; init; }

    public List<string>? Gateways { get; init; }

    public string? Database { get; init; }

    public string? DatabaseConnection { get; init; }

    public string? DatabasePasswordFile { get; init; }

    public string? SiloTlsCertificate { get; init; }

    public string? SiloTlsKey { get; init; }

    public string? SiloTlsCa { get; init; }
}

/// <summary>A member that nobody knows is a misspelt one, and refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(ClusterFile))]
internal sealed partial class ClusterFileJson : JsonSerializerContext;
