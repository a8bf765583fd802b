using System.Globalization;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>
/// What is kept of one stream: its head in one file, its tail in two that take turns. When the newer of them holds as much as is to be
/// kept, the older is begun anew. Not thread-safe.
/// </summary>
internal sealed class KeptStream : IDisposable
{
    private readonly KeptSegment _head;
    private readonly KeptSegment _even;
    private readonly KeptSegment _odd;

    /// <summary>Counts the segments: 0 is the head, 1, 2, 3, … the tail's.</summary>
    private int _newest;

    private int _reading;
    private long _at;

    public KeptStream(string folder, TaskStream stream)
    {
        var name = Path.Combine(folder, ((byte)stream).ToString(CultureInfo.InvariantCulture));
        _head = new KeptSegment($"{name}.head");
        _even = new KeptSegment($"{name}.tail0");
        _odd = new KeptSegment($"{name}.tail1");
    }

    /// <summary>The number after the last chunk's.</summary>
    public uint NextNumber => Of(_newest).NextNumber;

    /// <summary>Bytes of the stream up to its last chunk's end.</summary>
    public long NextOffset => Of(_newest).NextOffset;

    /// <summary>Keeps a chunk. Throws <see cref="IOException"/> when the disk is full.</summary>
    public void Append(LogChunk chunk)
    {
        if (Of(_newest).Payload >= (_newest == 0 ? TaskLimits.KeptHead : TaskLimits.KeptTail))
        {
            Of(_newest + 1).Clear();
            _newest++;
        }
        Of(_newest).Append(chunk);
    }

    /// <summary>The number of the next chunk to read, from <paramref name="from"/> on, and the bytes it takes with its frame; 0: there is none.</summary>
    public int Peek(uint from, out uint number)
    {
        while (true)
        {
            // What was to be read may have been given up meanwhile.
            if (_reading > 0 && _reading < _newest - 1)
                (_reading, _at) = (_newest - 1, 0);
            var length = Of(_reading).Peek(_at, out number);
            if (length > 0 && number >= from)
                return length;
            if (length > 0)
                _at += length;
            else if (_reading < _newest)
                (_reading, _at) = (_reading + 1, 0);
            else
                return 0;
        }
    }

    /// <summary>Reads the chunk that <see cref="Peek"/> has found; null: it is damaged.</summary>
    /// <param name="buffer">As long as it said; the chunk's bytes are a part of it.</param>
    public LogChunk? Read(Memory<byte> buffer)
    {
        var chunk = Of(_reading).Read(_at, buffer);
        _at += buffer.Length;
        return chunk;
    }

    /// <summary>Reads from the start again.</summary>
    public void Rewind() => (_reading, _at) = (0, 0);

    /// <summary>Finds what an earlier process left.</summary>
    public void Recover()
    {
        _head.Recover();
        _even.Recover();
        _odd.Recover();
        Rewind();
        _newest = (_even.Length > 0, _odd.Length > 0) switch
        {
            (false, false) => 0,
            (true, true) => _even.First > _odd.First ? 2 : 3,
            (true, false) => 2,
            (false, true) => 1,
        };
    }

    /// <summary>Lets go of its files, until they are used again.</summary>
    public void Dispose()
    {
        _head.Dispose();
        _even.Dispose();
        _odd.Dispose();
    }

    private KeptSegment Of(int segment) => segment == 0 ? _head : segment % 2 == 0 ? _even : _odd;
}
