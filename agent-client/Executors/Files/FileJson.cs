using System.Text.Json.Serialization;

namespace Outrider.Agent.Executors.Files;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FileParams))]
[JsonSerializable(typeof(FileResult))]
internal sealed partial class FileJson : JsonSerializerContext;
