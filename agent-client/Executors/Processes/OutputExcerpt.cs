using System.Text;
using System.Text.Encodings.Web;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Processes;

/// <summary>Keeps the beginning and the end of a stream of bytes, for a task's result. One writer.</summary>
internal sealed class OutputExcerpt
{
    /// <summary>Bytes kept of the beginning, and as many of the end.</summary>
    private const int Half = 32 * 1024;

    private byte[] _head = [];
    private byte[] _tail = [];
    private int _headLength;
    private long _tailWritten;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var toHead = Math.Min(Half - _headLength, bytes.Length);
        if (toHead > 0)
        {
            if (_head.Length < _headLength + toHead)
                Array.Resize(ref _head, Math.Min(Half, Math.Max(2 * _head.Length, _headLength + toHead)));
            bytes[..toHead].CopyTo(_head.AsSpan(_headLength));
            _headLength += toHead;
            bytes = bytes[toHead..];
        }
        if (bytes.IsEmpty)
            return;
        if (_tail.Length == 0)
            _tail = new byte[Half];
        if (bytes.Length > Half)
        {
            _tailWritten += bytes.Length - Half;
            bytes = bytes[^Half..];
        }
        var at = (int)(_tailWritten % Half);
        var first = Math.Min(Half - at, bytes.Length);
        bytes[..first].CopyTo(_tail.AsSpan(at));
        bytes[first..].CopyTo(_tail);
        _tailWritten += bytes.Length;
    }

    /// <summary>As text, bytes that aren't UTF-8 as U+FFFD, with a line in between that says how much was cut; short enough for a result.</summary>
    public string Text()
    {
        for (var half = Half; ; half /= 2)
        {
            var text = Text(half);
            // Worst case: whoever writes it escapes all that isn't ASCII.
            if (JavaScriptEncoder.Default.Encode(text).Length + 2 <= TaskLimits.ResultBytes)
                return text;
        }
    }

    private string Text(int half)
    {
        byte[] kept = [.. _head.AsSpan(0, _headLength), .. Tail()];
        var total = _headLength + _tailWritten;
        if (total <= 2 * half)
            return Encoding.UTF8.GetString(kept);
        return $"{Encoding.UTF8.GetString(kept, 0, half)}\n[… {total - (2 * half)} bytes cut …]\n{Encoding.UTF8.GetString(kept, kept.Length - half, half)}";
    }

    private byte[] Tail()
    {
        if (_tailWritten <= Half)
            return _tail[..(int)_tailWritten];
        var at = (int)(_tailWritten % Half);
        return [.. _tail.AsSpan(at), .. _tail.AsSpan(0, at)];
    }
}
