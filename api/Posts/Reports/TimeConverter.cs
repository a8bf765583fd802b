using System.Text.Json;
using System.Text.Json.Serialization;

namespace Outrider.Api.Posts.Reports;

/// <summary>
/// A time as posted: RFC 3339 with its offset, or a number of seconds or (from 10^11 on, which are seconds of the year 5138) milliseconds
/// since 1970-01-01 UTC.
/// </summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    private const double FirstMs = 1e11;
    private const double LastMs = 253_402_300_799_999;

    // "2026-01-01T" comes before it; without an offset it would be read as the centre's local time.
    private const int OffsetFrom = 11;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString() is { Length: > OffsetFrom } text && text.AsSpan(OffsetFrom).ContainsAny("Zz+-")
                && reader.TryGetDateTimeOffset(out var time)
                ? time
                : throw new FormatException("A time is RFC 3339 with its offset, such as 2026-01-31T12:00:00Z, or seconds or milliseconds since 1970");
        }
        var number = reader.GetDouble();
        var ms = Math.Abs(number) < FirstMs ? number * 1000 : number;
        return ms is >= 0 and <= LastMs
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(ms))
            : throw new FormatException("A time is before 1970 or after the year 9999");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => throw new NotSupportedException();
}
