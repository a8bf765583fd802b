using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrider.Agent.Http;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Elasticsearch;

/// <summary>Reads what Elasticsearch answered: whether it worked, and the result as far as it fits.</summary>
internal static class ElasticsearchAnswer
{
    /// <summary>Bytes that are read as JSON: the answer to the largest bulk a task can hold is smaller.</summary>
    public const int MaxJson = 8 * 1024 * 1024;

    private const int FailuresTold = 20;

    /// <summary>The result, and the problem if it didn't work.</summary>
    public static (JsonElement Result, Problem? Problem) Read(int status, AnswerBody body, bool isBulk)
    {
        JsonObject? answer = null;
        try
        {
            answer = body.Whole ? JsonNode.Parse(body.Head) as JsonObject : null;
        }
        catch (JsonException)
        {
            // A proxy's page, perhaps: the status says what it is worth.
        }
        if (answer is null)
            return (AsText(status, body), status < 300 && !isBulk && !body.Whole ? null : Failed(status, "it answered no JSON that can be read"));
        var failed = isBulk ? FailedItems(answer) : [];
        var problem = status >= 300 ? Failed(status, Reason(answer))
            : failed.Count > 0 ? SomeFailed(failed)
            : answer["failures"] is JsonArray { Count: > 0 } failures ? Failed(status, $"{failures.Count} documents failed")
            : null;
        return (AsJson(answer, body.Head.Length), problem);
    }

    private static JsonElement AsJson(JsonObject answer, int length) => ResultJson.Fit(length, most =>
    {
        var result = (JsonObject)answer.DeepClone();
        if (most == length)
            return result;
        // Of a long list the first items, those of a bulk that failed before the others.
        result["truncated"] = true;
        var list = result["items"] as JsonArray ?? (result["hits"] as JsonObject)?["hits"] as JsonArray ?? result["failures"] as JsonArray;
        if (list is null)
            return most > 0 ? result : new JsonObject { ["truncated"] = true };
        JsonNode?[] items = [.. list.OrderByDescending(IsFailed)];
        list.Clear();
        foreach (var item in items.Take((int)((long)items.Length * most / length)))
            list.Add(item);
        return most > 0 ? result : new JsonObject { ["truncated"] = true };
    });

    private static JsonElement AsText(int status, AnswerBody body) => ResultJson.Fit(Math.Min(body.Head.Length, 64 * 1024), most => new JsonObject
    {
        ["status"] = status,
        ["text"] = System.Text.Encoding.UTF8.GetString(body.Head.AsSpan(0, most)),
        ["truncated"] = most < body.Bytes || body.Cut,
    });

    private static List<(int Item, JsonObject Action)> FailedItems(JsonObject answer) => answer["items"] is JsonArray items
        ? [.. items.Select((item, i) => (i, Action(item))).Where(item => item.Item2?["error"] is not null).Select(item => (item.i, item.Item2!))]
        : [];

    private static JsonObject? Action(JsonNode? item) => item is JsonObject { Count: 1 } one ? one.First().Value as JsonObject : null;

    private static bool IsFailed(JsonNode? item) => Action(item)?["error"] is not null;

    private static Problem SomeFailed(List<(int Item, JsonObject Action)> failed)
    {
        var (item, action) = failed[0];
        return new Problem(ProblemCodes.CommandFailed,
            $"{failed.Count} items of the bulk failed; the first is item {item} ({action["_index"]}/{action["_id"]}): {Reason(action)}. The others were done.")
        {
            Details = new()
            {
                ["failed"] = failed.Count.ToString(CultureInfo.InvariantCulture),
                ["items"] = string.Join(", ", failed.Take(FailuresTold).Select(one => one.Item)),
            },
        };
    }

    private static string Reason(JsonObject answer) => answer["error"] switch
    {
        JsonObject error => Short($"{error["type"]}: {error["reason"]}"),
        { } text => Short(text.ToString()),
        null => "it doesn't say why",
    };

    private static string Short(string text) => text.Length <= 300 ? text.TrimEnd('.') : text[..300] + "…";

    private static Problem Failed(int status, string why) => new(ProblemCodes.CommandFailed, $"Elasticsearch answered HTTP {status}: {why}.")
    {
        Details = new() { ["status"] = status.ToString(CultureInfo.InvariantCulture) },
    };
}
