using System.Buffers;
using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Link;

/// <summary>
/// Joins the pieces of a frame as a transport receives them. The cap is checked before the buffer grows, and the buffer is small again
/// once the frame has been read: an idle link holds 1 KiB.
/// </summary>
public sealed class FrameAssembler : IDisposable
{
    private const int IdleBytes = 1024;

    /// <summary>A frame of full length is copied twice on its way, not once for every power of two.</summary>
    private const int GrowBy = 16;

    private readonly byte[] _idle = new byte[IdleBytes];
    private byte[] _buffer;
    private int _length;

    public FrameAssembler() => _buffer = _idle;

    /// <summary>The frame so far.</summary>
    public ReadOnlySpan<byte> Frame => _buffer.AsSpan(0, _length);

    /// <summary>The same, for who goes on with it before <see cref="Reset"/> but not at once.</summary>
    public ReadOnlyMemory<byte> Whole => _buffer.AsMemory(0, _length);

    /// <summary>Where the transport puts what it receives next; never empty.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_length);

    /// <summary>Takes in what was received into <see cref="Free"/>. <c>frame_too_large</c> when the frame passes its cap.</summary>
    /// <param name="count">Bytes received.</param>
    /// <param name="binary">Whether the frame is a binary one.</param>
    public Problem? Accept(int count, bool binary)
    {
        _length += count;
        var cap = binary ? BlockCodec.MaxFrameBytes : LinkProtocol.MaxTextBytes;
        if (_length > cap)
            return new Problem(ProblemCodes.FrameTooLarge, $"A {(binary ? "binary" : "text")} frame of more than {cap} bytes.");
        if (_length == _buffer.Length)
            Grow(cap);
        return null;
    }

    /// <summary>Forgets the frame.</summary>
    public void Reset()
    {
        if (_buffer != _idle)
        {
            // It may have held a credential or rows.
            _buffer.AsSpan(0, _length).Clear();
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = _idle;
        }
        _length = 0;
    }

    public void Dispose()
    {
        // What a broken frame has left in it isn't counted.
        _length = _buffer.Length;
        Reset();
    }

    // One byte more than the cap, so that a frame over it shows.
    private void Grow(int cap)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * GrowBy, cap + 1));
        Frame.CopyTo(larger);
        var length = _length;
        Reset();
        _buffer = larger;
        _length = length;
    }
}
