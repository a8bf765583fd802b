using System.Text.Json;
using System.Text.Json.Serialization;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Posts.Reports;

/// <summary>Labels as one object of texts; null ones are absent. Throws <see cref="FormatException"/> at the first one too many.</summary>
internal sealed class LabelsConverter : JsonConverter<Dictionary<string, string>>
{
    public override Dictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        var labels = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (labels.Count == MetricLimits.Labels)
                throw new FormatException($"A sample has more than {MetricLimits.Labels} labels");
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            if (!labels.TryAdd(name, reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException()))
                throw new FormatException($"A sample has the label '{LinkProtocol.Clip(name, MetricLimits.NameLength)}' twice");
        }
        return labels;
    }

    public override void Write(Utf8JsonWriter writer, Dictionary<string, string> value, JsonSerializerOptions options) => throw new NotSupportedException();
}
