using System.Text.Json;
using System.Text.Json.Serialization;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Commands;

/// <summary>Tasks in a file, as they stand on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(TaskCreate))]
internal sealed partial class PolicyCheckJson : JsonSerializerContext;
