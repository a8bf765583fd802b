using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks.Log;

/// <summary>A line of a task's log, a piece of a very long one, or a stretch that is missing.</summary>
/// <param name="Place">The place after it.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="At">When its beginning was read: the agent's clock, milliseconds since 1970-01-01 UTC.</param>
/// <param name="Text">The line without its end; what is no UTF-8 is replaced.</param>
/// <param name="Missing">Bytes that are missing here; 0: it is a line.</param>
public sealed record LogRow(LogPlace Place, TaskStream Stream, long At, string Text, long Missing = 0);
