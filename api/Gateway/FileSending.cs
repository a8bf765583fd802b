using System.Buffers;
using Outrider.Protocol.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Gateway;

/// <summary>A file on its way to an agent: one block at a time, so that other frames of the link get their turn, and one block in memory.</summary>
/// <param name="transfer">Names it on the link.</param>
/// <param name="content">Disposed of at the end.</param>
/// <param name="size">Bytes.</param>
/// <param name="from">The first block that the agent lacks.</param>
internal sealed class FileSending(string transfer, Stream content, long size, uint from)
{
    private readonly BlockWindow _window = new(from, FileBlocks.Count(size));

    /// <summary>The agent has taken all.</summary>
    public bool IsWhole => _window.Whole.IsCompleted;

    /// <summary>The agent has taken all before that block. False: that can't be.</summary>
    public bool Take(uint next) => _window.Take(next);

    /// <summary>Sends until the agent has taken all. Null: it has. <c>file_not_found</c>: there is less than there was.</summary>
    public async Task<Problem?> RunAsync(FrameSender sender, CancellationToken cancellation)
    {
        var frame = ArrayPool<byte>.Shared.Rent(FileBlockCodec.MaxFrameBytes);
        var at = FileBlockCodec.BytesAt(transfer);
        try
        {
            await using (content)
            {
                content.Position = Math.Min(size, (long)from * FileBlocks.Bytes);
                while (await _window.NextAsync(cancellation) is { } number)
                {
                    var length = FileBlocks.LengthOf(size, number);
                    if (await content.ReadAtLeastAsync(frame.AsMemory(at, length), length, throwOnEndOfStream: false, cancellation) < length)
                        return new Problem(ProblemCodes.FileNotFound, "The content of the file is not whole at the centre any more.");
                    FileBlockCodec.Seal(frame.AsSpan(0, at + length), transfer, number);
                    if (await sender.SendAsync(frame.AsMemory(0, at + length), cancellation) is { } lost)
                        return lost;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
        await _window.Whole.WaitAsync(cancellation);
        return null;
    }
}
