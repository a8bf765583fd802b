using System.Text;

namespace Outrider.Agent.Executors.Files;

/// <summary>
/// What comes out of a compressed tar archive, up to what may: padding and headers count too, and a header that announces a long one of its own
/// kind is refused before anybody makes room for it. Throws <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class BoundedTarStream(Stream inner, ArchiveLimits limits) : Stream
{
    private const int Block = 512;
    private const int TypeAt = 156;
    private const int SizeAt = 124;
    private const int SizeLength = 12;
    private const long MaxHeader = 64 * 1024;

    /// <summary>Blocks and padding for each entry.</summary>
    private const long Overhead = ArchiveLimits.Entries * (3L * Block);

    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer) => Checked(buffer, inner.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A block is whole or the archive torn: a reader that asks for one gets it at once, so that it can be judged.
        var read = buffer.Length == Block
            ? await inner.ReadAtLeastAsync(buffer, Block, throwOnEndOfStream: false, cancellationToken)
            : await inner.ReadAsync(buffer, cancellationToken);
        return Checked(buffer.Span, read);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Checked(Span<byte> buffer, int read)
    {
        _read += read;
        if (limits.Fault(_read - Overhead) is { } fault)
            throw new InvalidDataException(fault);
        if (read == Block && buffer.Length == Block && buffer[TypeAt] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K' && Size(buffer) > MaxHeader)
            throw new InvalidDataException($"it has a header of more than {MaxHeader} bytes");
        return read;
    }

    private static long Size(ReadOnlySpan<byte> block)
    {
        // The high bit marks numbers too large for octal digits.
        if ((block[SizeAt] & 0x80) != 0)
            return long.MaxValue;
        var text = Encoding.ASCII.GetString(block.Slice(SizeAt, SizeLength)).Trim('\0', ' ');
        try
        {
            return text.Length == 0 ? 0 : Convert.ToInt64(text, 8);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return 0;
        }
    }
}
