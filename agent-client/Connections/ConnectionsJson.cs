using System.Text.Json;
using System.Text.Json.Serialization;

namespace Outrider.Agent.Connections;

/// <summary>A member that nobody knows is a misspelt one, and refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(Dictionary<string, ConnectionSettings>))]
internal sealed partial class ConnectionsJson : JsonSerializerContext;
