using System.Text.Json.Serialization;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>A record of the task journal (docs/formats/agent-tasks.md).</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="TaskId">Of which task.</param>
/// <param name="Attempt">Of which attempt at it.</param>
/// <param name="At">When, milliseconds since 1970-01-01 UTC.</param>
internal sealed record JournalRecord(JournalRecordKind Kind, string TaskId, int Attempt, long At)
{
    /// <summary>Of <c>accepted</c>: what to do. Its references to secrets aren't filled in.</summary>
    public TaskCreate? Task { get; init; }

    /// <summary>Of <c>processes</c>.</summary>
    public TaskProcesses? Processes { get; init; }

    /// <summary>Of <c>ended</c>.</summary>
    public TaskComplete? End { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;
