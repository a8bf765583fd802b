using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Outrider.Agent.Spool;

namespace Outrider.Agent.Tasks;

/// <summary>
/// Journal records to and from bytes (docs/formats/agent-tasks.md): length and CRC-32C (32 bits each, little-endian) of a JSON object, and
/// the object. Reading stops at the first record that isn't whole.
/// </summary>
internal static class JournalCodec
{
    /// <summary>Length and checksum.</summary>
    public const int FrameBytes = 2 * sizeof(uint);

    /// <summary>Longest object: four times what a frame of the link can bring.</summary>
    private const int MaxBodyBytes = 1024 * 1024;

    /// <summary>Short and readable: the text goes into no web page.</summary>
    private static readonly JournalJson s_json =
        new(new JsonSerializerOptions(JournalJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>How every journal begins: four letters and the version.</summary>
    public static ReadOnlySpan<byte> Header => "ORTJ\x01\0\0\0"u8;

    /// <summary>A record's bytes.</summary>
    public static byte[] Write(JournalRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.GetSpan(FrameBytes)[..FrameBytes].Clear();
        bytes.Advance(FrameBytes);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = s_json.Options.Encoder }))
            JsonSerializer.Serialize(json, record, s_json.JournalRecord);
        var framed = bytes.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(framed, framed.Length - FrameBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(sizeof(uint)), Crc32C.Of(framed.AsSpan(FrameBytes)));
        return framed;
    }

    /// <summary>How many bytes a record takes that begins with this frame; null: it is none.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadInt32LittleEndian(frame) is > 0 and <= MaxBodyBytes and var length ? FrameBytes + length : null;

    /// <summary>Reads a whole record; null: it is damaged.</summary>
    public static JournalRecord? Read(ReadOnlySpan<byte> record)
    {
        var body = record[FrameBytes..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(record[sizeof(uint)..]) != Crc32C.Of(body))
            return null;
        try
        {
            return JsonSerializer.Deserialize(body, s_json.JournalRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
