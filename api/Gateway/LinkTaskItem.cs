using Outrider.Protocol.Tasks;

namespace Outrider.Api.Gateway;

/// <summary>One thing that came of a task: a report, a chunk of its log, or its end.</summary>
internal sealed record LinkTaskItem(TaskReport? Report = null, LogChunk? Chunk = null, TaskComplete? End = null);
