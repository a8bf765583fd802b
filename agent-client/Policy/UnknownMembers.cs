using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Outrider.Agent.Policy;

/// <summary>Finds misspelt members of a JSON file, so that the message can say where they stand and what would be known there.</summary>
internal static class UnknownMembers
{
    /// <summary>The first member that the type doesn't have, as a sentence without its full stop; null: all are known.</summary>
    public static string? First(JsonElement json, JsonTypeInfo type) => First(json, type, "");

    private static string? First(JsonElement json, JsonTypeInfo type, string path) => (json.ValueKind, type.Kind) switch
    {
        (JsonValueKind.Object, JsonTypeInfoKind.Object) => InObject(json, type, path),
        (JsonValueKind.Object, JsonTypeInfoKind.Dictionary) =>
            json.EnumerateObject().Select(member => First(member.Value, Element(type), Join(path, member.Name))).FirstOrDefault(found => found is not null),
        (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) =>
            json.EnumerateArray().Select((item, index) => First(item, Element(type), $"{path}[{index}]")).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static string? InObject(JsonElement json, JsonTypeInfo type, string path)
    {
        foreach (var member in json.EnumerateObject())
        {
            var property = type.Properties.FirstOrDefault(property => property.Name == member.Name);
            if (property is null)
            {
                var known = string.Join(", ", type.Properties.Select(known => known.Name));
                return $"'{Join(path, member.Name)}' isn't known; known {(path.Length == 0 ? "there" : $"in {path}")} are {known}";
            }
            if (First(member.Value, type.Options.GetTypeInfo(property.PropertyType), Join(path, member.Name)) is { } deeper)
                return deeper;
        }
        return null;
    }

    private static JsonTypeInfo Element(JsonTypeInfo type) => type.Options.GetTypeInfo(type.ElementType!);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
