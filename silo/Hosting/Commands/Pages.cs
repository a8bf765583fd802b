using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrider.Silo.Hosting.Commands;

/// <summary>Reads a list that the centre answers in pages.</summary>
internal static class Pages
{
    /// <summary>All pages as one answer.</summary>
    /// <param name="member">The member that holds the entries.</param>
    public static async Task<JsonElement?> ReadAsync(string path, string member, Func<string, Task<JsonElement?>> get)
    {
        var all = new JsonArray();
        string? after = null;
        do
        {
            var page = await get($"{path}?limit=100" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}"));
            foreach (var entry in page!.Value.GetProperty(member).EnumerateArray())
                all.Add(JsonNode.Parse(entry.GetRawText()));
            after = page.Value.GetProperty("next").GetString();
        }
        while (after is not null);
        return JsonSerializer.SerializeToElement(new JsonObject { [member] = all });
    }
}
