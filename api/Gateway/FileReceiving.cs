using Outrider.Api.Operations.Files;
using Outrider.Grains.Files;
using Outrider.Protocol.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Gateway;

/// <summary>
/// A file on its way from an agent. Each block is written before the link's next frame is read: nothing is held in memory, and a disk that is
/// behind slows the agent down.
/// </summary>
/// <param name="open">What the agent said of it.</param>
/// <param name="upload">Holds what came before; disposed of at the end.</param>
internal sealed class FileReceiving(FileOpen open, IFileUpload upload) : IAsyncDisposable
{
    private readonly FileDigest _digest = new(withMd5: false);
    private readonly uint _count = FileBlocks.Count(open.Size);

    public FileOpen Open => open;

    /// <summary>The block that is due.</summary>
    public uint Next { get; private set; }

    public bool IsWhole => Next == _count;

    /// <summary>Takes up what an earlier link brought: whole blocks of it.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        if (upload.Length != open.Size)
            upload.Truncate(upload.Length < open.Size ? upload.Length / FileBlocks.Bytes * FileBlocks.Bytes : 0);
        await _digest.AppendAsync(upload, cancellation);
        Next = upload.Length > 0 && upload.Length == open.Size ? _count : (uint)(upload.Length / FileBlocks.Bytes);
    }

    /// <summary>Whether a block may come now. A problem is a violation.</summary>
    public Problem? Check(uint number, int bytes) =>
        number != Next || IsWhole
            ? new Problem(ProblemCodes.FrameOutOfOrder, $"Block {number} of file transfer '{open.Transfer}' came where {Next} was due.")
        : bytes != FileBlocks.LengthOf(open.Size, number) + FileBlocks.HeaderBytes
            ? new Problem(ProblemCodes.FrameMalformed, $"Block {number} of file transfer '{open.Transfer}' has another length than it must have.")
        : null;

    /// <summary>Writes the block that is due. <c>file_invalid</c>: it is not what was sent; <c>unavailable</c>: the disk.</summary>
    public async ValueTask<Problem?> WriteAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (!FileBlockCodec.TryOpen(body, out var bytes))
            return new Problem(ProblemCodes.FileInvalid, $"Block {Next} was damaged on its way. Send it again.") { RetryAfterSeconds = 1 };
        if (await DiskFaults.WriteAsync(upload, bytes, cancellation) is { } full)
            return full;
        _digest.Append(bytes.Span);
        Next++;
        return null;
    }

    /// <summary>Whether what came is what the agent said. What isn't is not kept.</summary>
    public Problem? Verify()
    {
        var sha256 = _digest.Finish().Sha256;
        return sha256 == open.Sha256
            ? null
            : new Problem(ProblemCodes.FileInvalid, $"What came has the SHA-256 {sha256}, not the one that was said. Send it again.") { RetryAfterSeconds = 1 };
    }

    /// <summary>Makes it a file.</summary>
    public Task<Outcome<StoredFile>> KeepAsync(FileKeeper keeper, string tenant, StoredFile file) =>
        DiskFaults.OrProblemAsync(() => keeper.KeepAsync(tenant, upload, file));

    /// <summary>What came so far waits for the agent's next link.</summary>
    public void Suspend() => upload.Keep();

    public ValueTask DisposeAsync()
    {
        _digest.Dispose();
        return upload.DisposeAsync();
    }
}
