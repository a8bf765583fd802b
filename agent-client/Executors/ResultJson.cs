using System.Text.Json;
using System.Text.Json.Nodes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>Makes results that keep to <see cref="TaskLimits.ResultBytes"/>.</summary>
internal static class ResultJson
{
    /// <summary>A result with as much of a long part as fits.</summary>
    /// <param name="most">The length of the part at most: bytes, items or what it is counted in.</param>
    /// <param name="build">The result with at most so much of it; with none of it, it must fit.</param>
    public static JsonElement Fit(int most, Func<int, JsonObject> build)
    {
        while (true)
        {
            var bytes = Write(build(most));
            if (bytes.Length <= TaskLimits.ResultBytes || most == 0)
                return JsonElement.Parse(bytes);
            most /= 2;
        }
    }

    /// <summary>A node as UTF-8.</summary>
    public static byte[] Write(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            node.WriteTo(writer);
        return stream.ToArray();
    }
}
