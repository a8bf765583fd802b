using System.Text.Json;
using System.Text.Json.Serialization;

namespace Outrider.Agent.Policy;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(AgentPolicy))]
internal sealed partial class PolicyJson : JsonSerializerContext;
