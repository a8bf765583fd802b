using System.Text.Encodings.Web;
using System.Text.Json;

namespace Outrider.Notifiers.Http;

/// <summary>JSON as receivers get it: names as they are written here in snake case, text as it is.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(object value) => JsonSerializer.SerializeToUtf8Bytes(value, s_options);
}
