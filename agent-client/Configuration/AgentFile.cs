using System.Text.Json.Serialization;
using Outrider.Agent.Collectors.Scraping;

namespace Outrider.Agent.Configuration;

/// <summary>What stands in <c>agent.json</c>; the environment overrides it.</summary>
internal sealed record AgentFile
{
    public string? Url { get; init; }

    public string? Name { get; init; }

    public string? EnrolmentToken { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public string? CaFile { get; init; }

    public List<ScrapeTarget>? Scrape { get; init; }

    public string? DockerSocket { get; init; }

    public bool? MetricsCsv { get; init; }

    public string? ClientCertificateFile { get; init; }

    public string? ClientKeyFile { get; init; }
}

/// <summary>A member that nobody knows is a misspelt one, and refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(AgentFile))]
internal sealed partial class AgentFileJson : JsonSerializerContext;
