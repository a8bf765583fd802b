using System.Text.Json.Serialization;
using Outrider.Protocol.Files;
using Outrider.Protocol.Tasks;

namespace Outrider.Protocol.Link;

/// <summary>How messages stand in JSON: snake_case, absent instead of null, unknown members ignored, duplicates refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = MaxDepth,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AgentRegister))]
[JsonSerializable(typeof(AgentStatusReport))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(TaskCreate))]
[JsonSerializable(typeof(TaskComplete))]
[JsonSerializable(typeof(TaskCancel))]
[JsonSerializable(typeof(LinkConfig))]
[JsonSerializable(typeof(MetricsAck))]
[JsonSerializable(typeof(TaskStates))]
[JsonSerializable(typeof(TaskLog))]
[JsonSerializable(typeof(TaskAck))]
[JsonSerializable(typeof(FileOpen))]
[JsonSerializable(typeof(FileState))]
[JsonSerializable(typeof(Ack))]
[JsonSerializable(typeof(LinkError))]
internal sealed partial class LinkJson : JsonSerializerContext
{
    /// <summary>Deeper frames are malformed.</summary>
    public const int MaxDepth = 16;
}
