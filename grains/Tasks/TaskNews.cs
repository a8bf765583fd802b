namespace Outrider.Grains.Tasks;

/// <summary>What a watcher of a task is told.</summary>
/// <param name="Task">How it stands now.</param>
/// <param name="Attempt">Of the chunks.</param>
/// <param name="Chunks">What came of its log since the last news (<see cref="Protocol.Tasks.LogChunkCodec.Join"/>); empty: nothing. Only for watchers of the log.</param>
/// <param name="Gap">Chunks were missed before these: what is kept of them is in the store once it is saved.</param>
public sealed record TaskNews(TaskRecord Task, int Attempt, byte[] Chunks, bool Gap);
