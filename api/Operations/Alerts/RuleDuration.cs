using System.Text.Json;
using System.Text.Json.Serialization;
using Outrider.Grains.Alerts.Rules;

namespace Outrider.Api.Operations.Alerts;

/// <summary>A length of time in JSON: <c>"5m"</c>, or whole seconds.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct RuleDuration(int Seconds)
{
    private sealed class Converter : JsonConverter<RuleDuration>
    {
        public override RuleDuration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var seconds) && seconds >= 0)
                return new RuleDuration(seconds);
            return reader.TokenType == JsonTokenType.String && RuleDurations.TryParse(reader.GetString(), out seconds)
                ? new RuleDuration(seconds)
                : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, RuleDuration value, JsonSerializerOptions options) =>
            writer.WriteStringValue(RuleDurations.Text(value.Seconds));
    }
}
