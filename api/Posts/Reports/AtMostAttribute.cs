using System.Text.Json;
using System.Text.Json.Serialization;

namespace Outrider.Api.Posts.Reports;

/// <summary>
/// A list of so many entries at most, none of them null: the first one too many is refused before it is made. Throws
/// <see cref="FormatException"/> with words for the sender.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AtMostAttribute(int count) : JsonConverterAttribute
{
    public int Count => count;

    public override JsonConverter CreateConverter(Type typeToConvert) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()[0]), count)!;

    private sealed class Converter<T>(int count) : JsonConverter<List<T>>
    {
        public override List<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException();
            var list = new List<T>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (list.Count == count)
                    throw new FormatException($"A list has more than {count} entries, as many as it may. Send several reports");
                list.Add(JsonSerializer.Deserialize<T>(ref reader, options) ?? throw new JsonException());
            }
            return list;
        }

        public override void Write(Utf8JsonWriter writer, List<T> value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
