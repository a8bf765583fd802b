namespace Outrider.Protocol.Link;

/// <summary>A binary frame.</summary>
/// <param name="Kind">What it carries.</param>
/// <param name="Id">What it belongs to: the task's id.</param>
/// <param name="Number">Counts the blocks of that id: 0, 1, 2, …</param>
/// <param name="HeaderLength">Where the bytes it carries begin in the frame.</param>
public readonly record struct Block(BlockKind Kind, string Id, uint Number, int HeaderLength);
