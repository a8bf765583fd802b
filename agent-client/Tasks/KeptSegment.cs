using Microsoft.Win32.SafeHandles;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>A file of chunks one after the other, as <see cref="LogChunkCodec.Join"/> has them. Its file is open only while it is used.</summary>
internal sealed class KeptSegment(string path) : IDisposable
{
    private readonly byte[] _header = new byte[LogChunkCodec.FramedHeaderBytes];
    private SafeFileHandle? _file;

    /// <summary>Bytes of the file.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes of output in it.</summary>
    public long Payload { get; private set; }

    /// <summary>The number of its first chunk.</summary>
    public uint First { get; private set; }

    /// <summary>The number after its last chunk's.</summary>
    public uint NextNumber { get; private set; }

    /// <summary>Bytes of the stream up to its last chunk's end.</summary>
    public long NextOffset { get; private set; }

    private SafeFileHandle Handle => _file ??= Open();

    /// <summary>Appends a chunk. Throws <see cref="IOException"/> when the disk is full; it is then as before.</summary>
    public void Append(LogChunk chunk)
    {
        LogChunkCodec.WriteFramedHeader(_header, chunk);
        try
        {
            RandomAccess.Write(Handle, [_header, chunk.Bytes], Length);
        }
        catch (IOException)
        {
            Cut();
            throw;
        }
        Note(chunk.Number, chunk.Offset, chunk.Bytes.Length, first: Length == 0);
        Length += _header.Length + chunk.Bytes.Length;
    }

    /// <summary>Reads the number of the chunk at <paramref name="at"/>, and how many bytes it takes with its frame; 0: there is none.</summary>
    public int Peek(long at, out uint number) => Peek(at, out number, out _);

    /// <summary>Reads the chunk at <paramref name="at"/> into <paramref name="buffer"/>, which takes its frame, too; null: it is damaged.</summary>
    public LogChunk? Read(long at, Memory<byte> buffer) =>
        RandomAccess.Read(Handle, buffer.Span, at) == buffer.Length && LogChunkCodec.Split(buffer) is { Value: [var chunk] } ? chunk : null;

    /// <summary>Finds what an earlier process left: up to the first chunk that isn't whole.</summary>
    public void Recover()
    {
        var end = File.Exists(path) ? RandomAccess.GetLength(Handle) : 0;
        (Length, Payload) = (end, 0);
        var at = 0L;
        for (int length; (length = Peek(at, out var number, out var offset)) > 0; at += length)
        {
            var bytes = length - LogChunkCodec.FramedHeaderBytes;
            Note(number, offset, bytes, first: at == 0);
        }
        Length = at;
    }

    /// <summary>Forgets what is in it.</summary>
    public void Clear()
    {
        (Length, Payload) = (0, 0);
        Cut();
    }

    /// <summary>Lets go of the file, until it is used again.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private int Peek(long at, out uint number, out long offset)
    {
        (number, offset) = (0, 0);
        if (at + _header.Length > Length || RandomAccess.Read(Handle, _header, at) < _header.Length)
            return 0;
        return LogChunkCodec.ReadFramedHeader(_header, out number, out offset) is { } length && at + length <= Length ? length : 0;
    }

    private void Note(uint number, long offset, int bytes, bool first)
    {
        First = first ? number : First;
        (NextNumber, NextOffset) = (number + 1, offset + bytes);
        Payload += bytes;
    }

    private void Cut()
    {
        try
        {
            RandomAccess.SetLength(Handle, Length);
        }
        catch (IOException)
        {
            // What is behind is written over by the next chunk.
        }
    }

    private SafeFileHandle Open()
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
