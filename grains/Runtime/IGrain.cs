namespace Outrider.Grains.Runtime;

/// <summary>
/// Marks a grain contract. Its methods return <see cref="Task"/>, <see cref="Task{T}"/>, <see cref="ValueTask"/> or
/// <see cref="ValueTask{T}"/>, take immutable records (or a byte[] that nobody changes afterwards) and may end in a
/// <see cref="CancellationToken"/>. Outcomes that a caller must handle are values: of an exception only the message crosses.
/// </summary>
public interface IGrain;
