using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Outrider.Api.Rest.Bodies;

/// <summary>Finds members of JSON that a type doesn't have, and what their writers may have meant.</summary>
internal static class MemberNames
{
    private const int MaxShown = 60;

    /// <summary>What is wrong with the first member that is not known, as the end of a sentence; null: all are known.</summary>
    public static string? Unknown(JsonElement json, Type type, JsonSerializerOptions options)
    {
        if (json.ValueKind == JsonValueKind.Array && options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
            return json.EnumerateArray().Select(one => Unknown(one, element, options)).FirstOrDefault(fault => fault is not null);
        if (json.ValueKind != JsonValueKind.Object || options.GetTypeInfo(type) is not { Kind: JsonTypeInfoKind.Object } known)
            return null;
        foreach (var member in json.EnumerateObject())
        {
            if (known.Properties.FirstOrDefault(one => one.Name == member.Name) is not { } property)
                return $"'{Short(member.Name)}' is not known here; {Instead(member.Name, [.. known.Properties.Select(one => one.Name)])}";
            if (Unknown(member.Value, property.PropertyType, options) is { } inner)
                return inner;
        }
        return null;
    }

    private static string Instead(string name, List<string> known)
    {
        var nearest = known.MinBy(one => Distance(Short(name), one));
        return nearest is not null && Distance(Short(name), nearest) <= Math.Max(2, nearest.Length / 2)
            ? $"perhaps '{nearest}' is meant"
            : $"there are {string.Join(", ", known)}";
    }

    private static string Short(string name) => name.Length <= MaxShown ? name : name[..MaxShown] + "…";

    /// <summary>Letters to add, take away or change.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0]++;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? corner : corner + 1;
                corner = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
