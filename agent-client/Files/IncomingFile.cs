using Outrider.Agent.Link;
using Outrider.Protocol.Files;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Files;

/// <summary>A file on its way to this machine over one link. Each block is written before the link's next frame is read: nothing is held in memory.</summary>
internal sealed class IncomingFile(LinkedFiles link, string id, TaskFile file, PartialFile partial) : IFileTransfer
{
    private readonly TaskCompletionSource<Problem?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private bool _over;

    /// <summary>Asks for what is lacking and takes it. Null: it is there. <c>link_lost</c>: go on over the next one.</summary>
    public async Task<Problem?> RunAsync(CancellationToken cancellation)
    {
        try
        {
            var open = new FileOpen { Transfer = id, FileId = file.FileId, Grant = file.Grant, FromBlock = partial.Next };
            return await link.SendAsync(open) ? await _end.Task.WaitAsync(cancellation) : LinkedFiles.Lost;
        }
        finally
        {
            if (!End(null))
                Tell(new FileState(id, partial.Next, Problem: new Problem(ProblemCodes.Canceled, "The agent gave it up.")));
        }
    }

    public Problem? Receive(FileState state)
    {
        if (state.Problem is not null)
            End(state.Problem);
        return null;
    }

    public Problem? Receive(uint number, ReadOnlyMemory<byte> body)
    {
        lock (_lock)
        {
            if (_over)
                return null;
            if (number != partial.Next || body.Length != FileBlocks.LengthOf(file.Size, number) + FileBlocks.HeaderBytes)
                return new Problem(ProblemCodes.FrameOutOfOrder, $"Block {number} of file transfer '{id}' came where {partial.Next} was due, or is not as long as that.");
            var failed = FileBlockCodec.TryOpen(body, out var bytes)
                ? partial.Append(bytes.Span)
                : new Problem(ProblemCodes.FileInvalid, $"Block {number} was damaged on its way.") { RetryAfterSeconds = 1 };
            if (failed is null && !partial.IsWhole && partial.Next % FileBlocks.StateEvery != 0)
                return null;
            Tell(new FileState(id, partial.Next, Problem: failed));
            if (failed is not null || partial.IsWhole)
                End(failed);
        }
        return null;
    }

    public void Lose() => End(LinkedFiles.Lost);

    private void Tell(FileState state) => _ = link.SendAsync(state);

    /// <summary>True: it had ended before.</summary>
    private bool End(Problem? problem)
    {
        lock (_lock)
        {
            var had = _over;
            _over = true;
            _end.TrySetResult(problem);
            return had;
        }
    }
}
