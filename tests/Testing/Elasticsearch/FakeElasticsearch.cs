using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Outrider.Testing.Elasticsearch;

/// <summary>
/// Documents in memory behind the part of Elasticsearch's API that versions 7 and 8 and OpenSearch share: no types, mappings that keep to
/// what a field was first, errors as they write them.
/// </summary>
public sealed class FakeElasticsearch : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, SortedDictionary<string, JsonObject>> _indices = [];
    private readonly Lock _gate = new();

    private FakeElasticsearch(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>The only value of the header Authorization that it takes; null: it asks for none.</summary>
    public string? Authorization { get; set; }

    /// <summary>Method, path and content type of what came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<FakeElasticsearch> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeElasticsearch(app);
        app.Run(fake.HandleAsync);
        await app.StartAsync();
        return fake;
    }

    /// <summary>A document; null: it isn't there.</summary>
    public JsonObject? Find(string index, string id)
    {
        lock (_gate)
            return _indices.GetValueOrDefault(index)?.GetValueOrDefault(id);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.ContentType}");
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        JsonObject answer;
        int status;
        lock (_gate)
            (status, answer) = Authorization is not null && context.Request.Headers.Authorization != Authorization
                ? Error(401, "security_exception", "missing authentication credentials for REST request")
                : Answer(context.Request.Method, context.Request.Path.Value!.Split('/')[1..], body);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private (int Status, JsonObject Answer) Answer(string method, string[] path, string body) => (method, path) switch
    {
        ("PUT", [var index, "_doc", var id]) => Index(index, id, JsonNode.Parse(body)!.AsObject(), create: false),
        ("POST", [var index, "_doc"]) => Index(index, Guid.NewGuid().ToString("N"), JsonNode.Parse(body)!.AsObject(), create: false),
        ("POST", [var index, "_update", var id]) => Update(index, id, JsonNode.Parse(body)!.AsObject()),
        ("POST", ["_bulk"]) => Bulk(null, body),
        ("POST", [var index, "_bulk"]) => Bulk(index, body),
        ("POST", [var index, "_search"]) => Search(index, JsonNode.Parse(body)!.AsObject()),
        ("POST", [var index, "_delete_by_query"]) => DeleteByQuery(index, JsonNode.Parse(body)!.AsObject()),
        _ => Error(400, "illegal_argument_exception", $"no handler found for uri [/{string.Join('/', path)}] and method [{method}]"),
    };

    private (int, JsonObject) Index(string index, string id, JsonObject doc, bool create)
    {
        var docs = _indices.TryGetValue(index, out var known) ? known : _indices[index] = [];
        if (create && docs.ContainsKey(id))
            return Error(409, "version_conflict_engine_exception", $"[{id}]: version conflict, document already exists (current version [1])");
        foreach (var (field, value) in doc)
        {
            if (docs.Values.FirstOrDefault(other => other[field] is not null)?[field] is { } first && first.GetValueKind() == JsonValueKind.Number && value?.GetValueKind() == JsonValueKind.String)
                return Error(400, "mapper_parsing_exception", $"failed to parse field [{field}] of type [long]");
        }
        var there = docs.ContainsKey(id);
        docs[id] = (JsonObject)doc.DeepClone();
        return (there ? 200 : 201, Done(index, id, there ? "updated" : "created"));
    }

    private (int, JsonObject) Update(string index, string id, JsonObject body)
    {
        if (Find(index, id) is not { } doc)
        {
            return body["doc_as_upsert"]?.GetValue<bool>() == true
                ? Index(index, id, body["doc"]!.AsObject(), create: false)
                : Error(404, "document_missing_exception", $"[{id}]: document missing");
        }
        foreach (var (field, value) in body["doc"]!.AsObject())
            doc[field] = value?.DeepClone();
        return (200, Done(index, id, "updated"));
    }

    private (int, JsonObject) Bulk(string? given, string body)
    {
        if (!body.EndsWith('\n'))
            return Error(400, "illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]");
        var lines = new Queue<string>(body.Split('\n')[..^1]);
        var items = new JsonArray();
        while (lines.TryDequeue(out var line))
        {
            var (action, metadata) = JsonNode.Parse(line)!.AsObject().Single();
            var index = metadata!["_index"]?.ToString() ?? given!;
            var id = metadata["_id"]?.ToString() ?? Guid.NewGuid().ToString("N");
            var (status, answer) = action switch
            {
                "delete" => _indices.GetValueOrDefault(index)?.Remove(id) == true ? (200, Done(index, id, "deleted")) : (404, Done(index, id, "not_found")),
                "update" => Update(index, id, JsonNode.Parse(lines.Dequeue())!.AsObject()),
                _ => Index(index, id, JsonNode.Parse(lines.Dequeue())!.AsObject(), action == "create"),
            };
            answer["status"] = status;
            answer["_index"] = index;
            answer["_id"] = id;
            items.Add(new JsonObject { [action] = answer });
        }
        return (200, new JsonObject { ["took"] = 1, ["errors"] = items.Any(item => item!.AsObject().Single().Value!["error"] is not null), ["items"] = items });
    }

    private (int, JsonObject) Search(string index, JsonObject body)
    {
        if (!_indices.TryGetValue(index, out var docs))
            return Error(404, "index_not_found_exception", $"no such index [{index}]");
        var found = docs.Where(doc => Matches(doc.Value, body["query"])).ToList();
        return (200, new JsonObject
        {
            ["took"] = 1,
            ["timed_out"] = false,
            ["hits"] = new JsonObject
            {
                ["total"] = new JsonObject { ["value"] = found.Count, ["relation"] = "eq" },
                ["hits"] = new JsonArray([.. found.Skip(body["from"]?.GetValue<int>() ?? 0).Take(body["size"]?.GetValue<int>() ?? 10)
                    .Select(doc => new JsonObject { ["_index"] = index, ["_id"] = doc.Key, ["_source"] = doc.Value.DeepClone() })]),
            },
        });
    }

    private (int, JsonObject) DeleteByQuery(string index, JsonObject body)
    {
        var gone = _indices.GetValueOrDefault(index, []).Where(doc => Matches(doc.Value, body["query"])).Select(doc => doc.Key).ToList();
        gone.ForEach(id => _indices[index].Remove(id));
        return (200, new JsonObject { ["took"] = 1, ["total"] = gone.Count, ["deleted"] = gone.Count, ["failures"] = new JsonArray() });
    }

    private static bool Matches(JsonObject doc, JsonNode? query) =>
        query?["term"] is not JsonObject term || term.All(field => doc[field.Key]?.ToJsonString() == field.Value?.ToJsonString());

    private static JsonObject Done(string index, string id, string result) => new() { ["_index"] = index, ["_id"] = id, ["_version"] = 1, ["result"] = result };

    private static (int, JsonObject) Error(int status, string type, string reason) =>
        (status, new JsonObject { ["error"] = new JsonObject { ["type"] = type, ["reason"] = reason }, ["status"] = status });
}
