using System.Buffers;
using System.Text.Json;
using Outrider.Api.Rest;

namespace Outrider.Api.Live;

/// <summary>A text frame being written; made once a viewer and used again.</summary>
internal sealed class LiveFrame : IDisposable
{
    /// <summary>A frame takes nothing more from here on, so that a viewer's own bounds what is in memory for it.</summary>
    private const int FullBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    public LiveFrame() => Json = new Utf8JsonWriter(_bytes, RestJson.Writer);

    public Utf8JsonWriter Json { get; }

    public bool IsFull => Json.BytesCommitted + Json.BytesPending >= FullBytes;

    /// <summary>Values in it.</summary>
    public int Values { get; private set; }

    /// <summary>Values that those in it stand for besides.</summary>
    public long Coalesced { get; private set; }

    /// <summary>Begins one of this type, in place of the one before.</summary>
    public Utf8JsonWriter Begin(string type)
    {
        _bytes.ResetWrittenCount();
        Json.Reset(_bytes);
        (Values, Coalesced) = (0, 0);
        Json.WriteStartObject();
        Json.WriteString("type", type);
        return Json;
    }

    /// <summary>Counts a value that stands for so many more.</summary>
    public void Count(long coalesced)
    {
        Values++;
        Coalesced += coalesced;
    }

    /// <summary>Ends it and hands out its bytes, which are good until the next one begins.</summary>
    public ReadOnlyMemory<byte> End()
    {
        Json.WriteEndObject();
        Json.Flush();
        return _bytes.WrittenMemory;
    }

    /// <summary>Writes a value; JSON has no words for the three that are no numbers.</summary>
    public static void WriteValue(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf");
    }

    public void Dispose() => Json.Dispose();
}
