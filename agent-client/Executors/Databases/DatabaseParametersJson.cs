using System.Text.Json.Serialization;

namespace Outrider.Agent.Executors.Databases;

/// <summary>A parameter that nobody knows is a misspelt one, and refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DatabaseParameters))]
internal sealed partial class DatabaseParametersJson : JsonSerializerContext;
