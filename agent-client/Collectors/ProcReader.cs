using Microsoft.Win32.SafeHandles;

namespace Outrider.Agent.Collectors;

/// <summary>Reads small files whole, such as those of /proc, into one buffer that is used again. Not thread-safe.</summary>
internal sealed class ProcReader
{
    /// <summary>Longer files are cut here: no file that is read has a reason to be.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private byte[] _buffer = new byte[4096];

    /// <summary>The file's bytes, until the next call. False: it can't be read, or is gone.</summary>
    public bool TryRead(string path, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        try
        {
            // ReadWrite: anything else would take a lock on the file.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var length = ReadWhole(file);
            // Not before: reading may have put a larger buffer in its place.
            bytes = _buffer.AsSpan(0, length);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private int ReadWhole(SafeFileHandle file)
    {
        var length = 0;
        while (RandomAccess.Read(file, _buffer.AsSpan(length), length) is > 0 and var read)
        {
            length += read;
            if (length < _buffer.Length)
                continue;
            if (length >= MaxBytes)
                break;
            Array.Resize(ref _buffer, Math.Min(MaxBytes, _buffer.Length * 4));
        }
        return length;
    }
}
