using System.Text.Json.Nodes;

namespace Outrider.Testing.Kubernetes;

/// <summary>
/// Objects as paths and values, the way server-side apply looks at them: maps and lists of named items are gone into, other lists are values.
/// </summary>
internal static class FieldPaths
{
    /// <summary>Every field but those that say which object it is.</summary>
    public static Dictionary<string, string> Of(JsonObject json)
    {
        var fields = new Dictionary<string, string>();
        foreach (var (name, value) in json)
        {
            if (name is not ("apiVersion" or "kind" or "metadata" or "status"))
                Add(value, "/" + name, fields);
        }
        foreach (var part in new[] { "labels", "annotations" })
            Add(json["metadata"]?[part], "/metadata/" + part, fields);
        return fields;
    }

    /// <summary>Lays one object over another; named items of lists are laid over each other. Null takes away.</summary>
    public static void Merge(JsonObject target, JsonObject patch, bool namedItems)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is JsonObject inner)
                Merge(target[name] as JsonObject ?? Fresh(target, name), inner, namedItems);
            else if (namedItems && IsNamed(value) && target[name] is JsonArray there && IsNamed(there))
                MergeItems(there, (JsonArray)value);
            else
                target[name] = value.DeepClone();
        }
    }

    /// <summary>Takes a field away.</summary>
    public static void Remove(JsonObject json, string path)
    {
        JsonNode? node = json;
        var parts = path.Split('/').Skip(1).ToArray();
        foreach (var part in parts[..^1])
            node = node is JsonArray list ? Item(list, part) : (node as JsonObject)?[part];
        (node as JsonObject)?.Remove(parts[^1]);
    }

    private static void Add(JsonNode? node, string path, Dictionary<string, string> fields)
    {
        if (node is JsonObject json)
        {
            foreach (var (name, value) in json)
                Add(value, $"{path}/{name}", fields);
        }
        else if (node is JsonArray list && IsNamed(list))
        {
            foreach (var item in list)
                Add(item, $"{path}/{item!["name"]}", fields);
        }
        else if (node is not null)
        {
            fields[path] = node.ToJsonString();
        }
    }

    private static void MergeItems(JsonArray there, JsonArray items)
    {
        foreach (var item in items.OfType<JsonObject>())
        {
            if (Item(there, item["name"]!.ToString()) is { } same)
                Merge(same, item, namedItems: true);
            else
                there.Add(item.DeepClone());
        }
    }

    private static JsonObject? Item(JsonArray list, string name) => list.OfType<JsonObject>().FirstOrDefault(item => item["name"]?.ToString() == name);

    private static bool IsNamed(JsonNode node) => node is JsonArray { Count: > 0 } list && list.All(item => item is JsonObject json && json["name"] is not null);

    private static JsonObject Fresh(JsonObject target, string name)
    {
        var fresh = new JsonObject();
        target[name] = fresh;
        return fresh;
    }
}
