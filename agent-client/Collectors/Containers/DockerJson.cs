using System.Text.Json.Serialization;

namespace Outrider.Agent.Collectors.Containers;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 32)]
[JsonSerializable(typeof(List<DockerContainer>))]
[JsonSerializable(typeof(DockerStats))]
internal sealed partial class DockerJson : JsonSerializerContext;
