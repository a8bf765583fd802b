namespace Outrider.Protocol.Tasks;

/// <summary>A finished task with what it brought.</summary>
/// <param name="Completion">How it ended.</param>
/// <param name="Payload">For <c>sql</c>: the row set (docs/formats/row-set.md); empty when there is none.</param>
public sealed record TaskResult(TaskComplete Completion, byte[] Payload);
