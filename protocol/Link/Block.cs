namespace Outrider.Protocol.Link;

/// <summary>A binary frame.</summary>
/// <param name="Kind">What it carries.</param>
/// <param name="Id">What it belongs to: the task's id, or the boot in which the batch was made.</param>
/// <param name="Number">Counts the blocks of that task: 0, 1, 2, …; or the low 32 bits of the batch's number.</param>
/// <param name="HeaderLength">Where the bytes it carries begin in the frame.</param>
public readonly record struct Block(BlockKind Kind, string Id, uint Number, int HeaderLength);
