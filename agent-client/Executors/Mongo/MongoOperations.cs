using System.Text.Json;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Mongo;

/// <summary>
/// Reads operations: <c>{operation: insert | update | delete, collection, documents | filter, update}</c>, one or an array of them.
/// </summary>
internal static class MongoOperations
{
    private const int MaxDepth = 100;
    private const int MaxCollection = 120;

    /// <summary>Operators that run code on the server.</summary>
    private static readonly HashSet<string> s_code = new(StringComparer.OrdinalIgnoreCase) 
    {
        "$where", "$function", "$accumulator", "$code", "$scope", "mapReduce",
    };

    /// <summary>The operations; <c>invalid_argument</c>, <c>policy_refused</c> (rule <c>mongo.code</c>).</summary>
    public static Outcome<List<MongoOperation>> Read(string json, int most)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return Invalid($"The operations are no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine}.");
        }
        var items = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new List<JsonElement> { root };
        if (items.Count == 0 || items.Count > most)
            return Invalid($"Give 1 to {most} operations.");
        var operations = new List<MongoOperation>();
        foreach (var item in items)
        {
            var operation = ReadOne(operations.Count + 1, item);
            if (!operation.Ok)
                return operation.Problem;
            operations.Add(operation.Value);
        }
        return operations;
    }

    private static Outcome<MongoOperation> ReadOne(int index, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return Invalid($"Operation {index} is no object.");
        var kind = Text(json, "operation");
        var collection = Text(json, "collection");
        string[]? members = kind switch
        {
            "insert" => ["documents"],
            "update" => ["filter", "update"],
            "delete" => ["filter"],
            _ => null,
        };
        if (members is null)
            return Invalid($"Operation {index}: operation must be insert, update or delete.");
        if (collection is not { Length: > 0 and <= MaxCollection } || collection.Contains('$', StringComparison.Ordinal) || collection.Any(char.IsControl)
            || collection.StartsWith("system.", StringComparison.Ordinal))
            return Invalid($"Operation {index}: collection is missing, or can't be a collection's name.");
        var given = json.EnumerateObject().Select(member => member.Name);
        if (given.FirstOrDefault(name => name is not ("operation" or "collection") && !members.Contains(name)) is { } unknown)
            return Invalid($"Operation {index}: '{unknown}' isn't known of {kind}; it takes {string.Join(" and ", members)}.");
        if (members.FirstOrDefault(member => !IsGiven(json, member)) is { } missing)
            return Invalid($"Operation {index}: {missing} is missing, or isn't what it must be.");
        if (CodeIn(json) is { } code)
            return PolicyRefusal.Because("mongo.code", $"Operation {index} has {code}, which runs code on the server.");
        return new MongoOperation(index, kind!, collection, json);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsGiven(JsonElement json, string name) => json.TryGetProperty(name, out var value) && (name, value.ValueKind) switch
    {
        ("documents", JsonValueKind.Array) => value.GetArrayLength() > 0 && value.EnumerateArray().All(document => document.ValueKind == JsonValueKind.Object),
        ("update", JsonValueKind.Array) => value.GetArrayLength() > 0,
        (_, JsonValueKind.Object) => true,
        _ => false,
    };

    private static string? CodeIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject()
            .Select(member => s_code.Contains(member.Name) ? member.Name : CodeIn(member.Value)).FirstOrDefault(code => code is not null),
        JsonValueKind.Array => json.EnumerateArray().Select(CodeIn).FirstOrDefault(code => code is not null),
        _ => null,
    };

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}
