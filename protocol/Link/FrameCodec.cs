using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Link;

/// <summary>Text frames to and from bytes: <c>{"type":…,"id":…,"seq":…,"ts":…,"data":{…}}</c>.</summary>
public static class FrameCodec
{
    private static readonly JsonReaderOptions s_reading = new() { MaxDepth = LinkJson.MaxDepth };
    private static readonly JsonWriterOptions s_writing = new()
    {
        // The text goes into no web page; statements stay short and readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Reads a whole frame. Whatever the bytes are, the answer is a frame or a problem <c>frame_…</c>.</summary>
    public static Outcome<Frame> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LinkProtocol.MaxTextBytes)
            return new Problem(ProblemCodes.FrameTooLarge, $"A text frame of more than {LinkProtocol.MaxTextBytes} bytes.");
        if (!Utf8.IsValid(bytes))
            return Malformed("it is not UTF-8");
        try
        {
            return ReadEnvelope(bytes);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // The reader's own text may quote the frame, which may hold a credential.
            return Malformed("it is not JSON, or a member is missing, twice there or of another kind");
        }
    }

    /// <summary>Writes a frame. It may come out longer than <see cref="LinkProtocol.MaxTextBytes"/>: the sender checks.</summary>
    public static void Write(IBufferWriter<byte> to, Frame frame)
    {
        using var json = new Utf8JsonWriter(to, s_writing);
        json.WriteStartObject();
        json.WriteString("type", FrameTypes.Of(frame.Data));
        if (frame.Id is not null)
            json.WriteString("id", frame.Id);
        json.WriteNumber("seq", frame.Seq);
        json.WriteNumber("ts", frame.Ts);
        json.WritePropertyName("data");
        JsonSerializer.Serialize(json, frame.Data, LinkJson.Default.GetTypeInfo(frame.Data.GetType())!);
        json.WriteEndObject();
    }

    private static Outcome<Frame> ReadEnvelope(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes, s_reading);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return Malformed("it is not an object");
        var frame = new Envelope();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (!frame.TrySet(name, ref json, bytes))
                return Malformed($"'{name}' is there twice or is of another kind");
        }
        // Reads to the end: whatever follows the object makes it throw.
        json.Read();
        if (frame is not { Type: { } type, Seq: { } seq, Ts: { } ts, Data.IsEmpty: false })
            return Malformed("'type', 'seq', 'ts' or 'data' is missing");
        if (frame.Id is not null && !LinkProtocol.IsId(frame.Id))
            return Malformed($"'id' is not 1 to {LinkProtocol.MaxIdLength} printable ASCII characters");
        var message = ReadData(type, frame.Data);
        return message.Ok ? new Frame(frame.Id, seq, ts, message.Value) : message.Problem;
    }

    private static Outcome<ILinkMessage> ReadData(string type, ReadOnlySpan<byte> data)
    {
        ILinkMessage? message = type switch
        {
            FrameTypes.AgentRegister => Parse(data, LinkJson.Default.AgentRegister),
            FrameTypes.AgentStatus => Parse(data, LinkJson.Default.AgentStatusReport),
            FrameTypes.Heartbeat => Parse(data, LinkJson.Default.Heartbeat),
            FrameTypes.TaskCreate => Parse(data, LinkJson.Default.TaskCreate),
            FrameTypes.TaskComplete => Parse(data, LinkJson.Default.TaskComplete),
            FrameTypes.TaskCancel => Parse(data, LinkJson.Default.TaskCancel),
            FrameTypes.Config => Parse(data, LinkJson.Default.LinkConfig),
            FrameTypes.MetricsAck => Parse(data, LinkJson.Default.MetricsAck),
            FrameTypes.TaskState => Parse(data, LinkJson.Default.TaskStates),
            FrameTypes.TaskLog => Parse(data, LinkJson.Default.TaskLog),
            FrameTypes.TaskAck => Parse(data, LinkJson.Default.TaskAck),
            FrameTypes.FileOpen => Parse(data, LinkJson.Default.FileOpen),
            FrameTypes.FileState => Parse(data, LinkJson.Default.FileState),
            FrameTypes.Ack => Parse(data, LinkJson.Default.Ack),
            FrameTypes.Error => Parse(data, LinkJson.Default.LinkError),
            _ => null,
        };
        if (message is not null)
            return MessageRules.Check(message) is { } wrong ? Malformed(wrong) : new Outcome<ILinkMessage> { Value = message };
        return new Problem(ProblemCodes.FrameUnknownType, FrameTypes.IsReserved(type)
            ? $"'{type}' belongs to a capability that was not agreed on for this link; register with it first."
            : "The frame's type is unknown; this side speaks version 1 of the agent protocol.");
    }

    private static T? Parse<T>(ReadOnlySpan<byte> data, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(data, type);

    private static Problem Malformed(string why) => new(ProblemCodes.FrameMalformed, $"The frame can't be read: {why}.");

    private ref struct Envelope
    {
        public string? Type;
        public string? Id;
        public long? Seq;
        public long? Ts;
        public ReadOnlySpan<byte> Data;

        /// <summary>Takes a member in and moves past it. False: it is there twice or of another kind.</summary>
        public bool TrySet(string name, ref Utf8JsonReader json, ReadOnlySpan<byte> bytes)
        {
            switch (name, json.TokenType)
            {
                case ("type", JsonTokenType.String) when Type is null:
                    Type = json.GetString();
                    return true;
                case ("id", JsonTokenType.String) when Id is null:
                    Id = json.GetString();
                    return true;
                case ("seq", JsonTokenType.Number) when Seq is null:
                    Seq = json.GetInt64();
                    return true;
                case ("ts", JsonTokenType.Number) when Ts is null:
                    Ts = json.GetInt64();
                    return true;
                case ("data", JsonTokenType.StartObject) when Data.IsEmpty:
                    var start = (int)json.TokenStartIndex;
                    json.Skip();
                    Data = bytes[start..(int)json.BytesConsumed];
                    return true;
                case ("type" or "id" or "seq" or "ts" or "data", _):
                    return false;
                default:
                    json.Skip();
                    return true;
            }
        }
    }
}
