using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Outrider.Agent.Link;
using Outrider.Protocol.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Files;

/// <summary>A file of this machine on its way to the centre over one link: one block in memory, no more than the window under way.</summary>
/// <param name="link">The link.</param>
/// <param name="open">What the centre is told of it.</param>
/// <param name="content">The file.</param>
internal sealed class OutgoingFile(LinkedFiles link, FileOpen open, SafeFileHandle content) : IFileTransfer, IDisposable
{
    private readonly TaskCompletionSource<BlockWindow> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Outcome<string>> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();

    /// <summary>Sends what the centre lacks. The file's id there; <c>link_lost</c>: go on over the next one; <c>file_invalid</c>: it has become shorter.</summary>
    public async Task<Outcome<string>> RunAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, cancellation);
        try
        {
            if (!await link.SendAsync(open))
                return LinkedFiles.Lost;
            if (await SendAsync(await _opened.Task.WaitAsync(either.Token), either.Token) is { } problem)
                return problem;
            return await _end.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return await _end.Task;
        }
        finally
        {
            if (!_end.Task.IsCompleted)
                _ = link.SendAsync(new FileState(open.Transfer, 0, Problem: new Problem(ProblemCodes.Canceled, "The agent gave it up.")));
        }
    }

    public Problem? Receive(FileState state)
    {
        if (state.Problem is { } problem)
            End(problem);
        else if (state.FileId is { } id)
            End(id);
        else if (!_opened.Task.IsCompleted && state.Next <= FileBlocks.Count(open.Size))
            _opened.TrySetResult(new BlockWindow(state.Next, FileBlocks.Count(open.Size)));
        else if (!_opened.Task.IsCompletedSuccessfully || !_opened.Task.Result.Take(state.Next))
            return new Problem(ProblemCodes.FrameOutOfOrder, $"Block {state.Next} of file transfer '{open.Transfer}' can't be due.");
        return null;
    }

    public Problem? Receive(uint number, ReadOnlyMemory<byte> body) =>
        new(ProblemCodes.FrameOutOfOrder, $"A block came for file transfer '{open.Transfer}', which goes to the centre.");

    public void Lose() => End(LinkedFiles.Lost);

    public void Dispose() => _over.Dispose();

    /// <summary>Null: all is on its way.</summary>
    private async Task<Problem?> SendAsync(BlockWindow window, CancellationToken cancellation)
    {
        var frame = ArrayPool<byte>.Shared.Rent(FileBlockCodec.MaxFrameBytes);
        var at = FileBlockCodec.BytesAt(open.Transfer);
        try
        {
            while (await window.NextAsync(cancellation) is { } number)
            {
                var length = FileBlocks.LengthOf(open.Size, number);
                if (!ReadWhole(frame.AsSpan(at, length), (long)number * FileBlocks.Bytes))
                    return Changed;
                FileBlockCodec.Seal(frame.AsSpan(0, at + length), open.Transfer, number);
                if (!await link.SendAsync(frame.AsMemory(0, at + length), cancellation))
                    return LinkedFiles.Lost;
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    internal static Problem Changed => new(ProblemCodes.FileInvalid, "The file was changed while it was sent. Try again when nobody writes it.");

    private bool ReadWhole(Span<byte> to, long offset)
    {
        while (!to.IsEmpty)
        {
            var read = RandomAccess.Read(content, to, offset);
            if (read == 0)
                return false;
            to = to[read..];
            offset += read;
        }
        return true;
    }

    private void End(Outcome<string> end)
    {
        if (!_end.TrySetResult(end))
            return;
        try
        {
            _over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was given up just now.
        }
    }
}
