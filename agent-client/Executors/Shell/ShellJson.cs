using System.Text.Json.Serialization;

namespace Outrider.Agent.Executors.Shell;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ShellParams))]
[JsonSerializable(typeof(string))]
internal sealed partial class ShellJson : JsonSerializerContext;
