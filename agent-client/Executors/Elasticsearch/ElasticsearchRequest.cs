using System.Text.Json;
using System.Text.Json.Nodes;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Elasticsearch;

/// <summary>A request as a task commands it and the policy allows it; the same for Elasticsearch 7 and 8 and OpenSearch, which have no types.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query, beginning with the index.</param>
/// <param name="Body">The body.</param>
/// <param name="IsBulk">Whether it is a bulk, whose answer can be a success in part.</param>
internal sealed record ElasticsearchRequest(HttpMethod Method, string Path, byte[] Body, bool IsBulk = false)
{
    private const int MaxHits = 10_000;
    private const int MaxId = 512;

    /// <summary>Whether it may change documents.</summary>
    public bool Writes => !Path.EndsWith("/_search", StringComparison.Ordinal);

    public string ContentType => IsBulk ? "application/x-ndjson" : "application/json";

    /// <summary><c>invalid_argument</c>, <c>policy_refused</c>.</summary>
    public static Outcome<ElasticsearchRequest> Read(TaskCreate task, ElasticsearchPolicy policy)
    {
        var read = TaskParams.Read(task.Command ?? "", "command", ElasticsearchJson.Default.ElasticsearchCommand);
        if (!read.Ok)
            return read.Problem;
        var command = read.Value;
        if (command.Operation != "search" && !policy.Write)
            return PolicyRefusal.Because("databases.elasticsearch.write", "This agent's policy lets tasks only search Elasticsearch.");
        if (command.Operation == "delete_by_query" && !policy.DeleteByQuery)
            return PolicyRefusal.Because("databases.elasticsearch.delete_by_query", "This agent's policy doesn't let tasks delete by query.");
        if ((command.Operation != "bulk" || command.Index is not null) && IndexName.Refusal(command.Index, policy) is { } refused)
            return refused;
        return command.Operation switch
        {
            "index" => Index(command),
            "update" => Update(command),
            "bulk" => Bulk(command, policy),
            "delete_by_query" => Query(command, policy, "_delete_by_query", required: true),
            "search" => Query(command, policy, "_search", required: false),
            _ => Fault("operation is index, update, bulk, delete_by_query or search"),
        };
    }

    private static Outcome<ElasticsearchRequest> Index(ElasticsearchCommand command)
    {
        if (command.Doc is not { ValueKind: JsonValueKind.Object } doc)
            return Fault("give doc, the document");
        if (command.Id is null)
            return new ElasticsearchRequest(HttpMethod.Post, $"{command.Index}/_doc", Bytes(doc));
        return IdOf(command) is { } id ? new ElasticsearchRequest(HttpMethod.Put, $"{command.Index}/_doc/{id}", Bytes(doc)) : BadId();
    }

    private static Outcome<ElasticsearchRequest> Update(ElasticsearchCommand command)
    {
        if (command.Doc is not { ValueKind: JsonValueKind.Object } doc)
            return Fault("give doc, the fields to change");
        var body = new JsonObject { ["doc"] = JsonObject.Create(doc) };
        if (command.Upsert)
            body["doc_as_upsert"] = true;
        return IdOf(command) is { } id
            ? new ElasticsearchRequest(HttpMethod.Post, $"{command.Index}/_update/{id}?retry_on_conflict=3", ResultJson.Write(body))
            : BadId();
    }

    private static Outcome<ElasticsearchRequest> Bulk(ElasticsearchCommand command, ElasticsearchPolicy policy)
    {
        var body = BulkLines.Write(command, policy);
        if (!body.Ok)
            return body.Problem;
        return new ElasticsearchRequest(HttpMethod.Post, command.Index is { } index ? $"{index}/_bulk" : "_bulk", body.Value, IsBulk: true);
    }

    private static Outcome<ElasticsearchRequest> Query(ElasticsearchCommand command, ElasticsearchPolicy policy, string endpoint, bool required)
    {
        if (required && command.Query is not { ValueKind: JsonValueKind.Object })
            return Fault("give query; {\"match_all\": {}} means all documents");
        if (command.Size is < 0 or > MaxHits || command.From is < 0 or > MaxHits)
            return Fault($"size and from are 0 to {MaxHits}");
        if (command.Query is { } query && IndexName.RefusalIn(query, policy) is { } refused)
            return refused;
        var body = new JsonObject();
        if (command.Query is { ValueKind: JsonValueKind.Object } given)
            body["query"] = JsonObject.Create(given);
        if (!required)
        {
            if (command.Size is { } size)
                body["size"] = size;
            if (command.From is { } from)
                body["from"] = from;
            if (command.Sort is { } sort)
                body["sort"] = JsonNode.Parse(sort.GetRawText());
        }
        return new ElasticsearchRequest(HttpMethod.Post, $"{command.Index}/{endpoint}", ResultJson.Write(body));
    }

    private static string? IdOf(ElasticsearchCommand command) =>
        command.Id is { Length: > 0 and <= MaxId } id && id is not ("." or "..") ? Uri.EscapeDataString(id) : null;

    private static byte[] Bytes(JsonElement json) => System.Text.Encoding.UTF8.GetBytes(json.GetRawText());

    private static Problem BadId() => Fault($"id is 1 to {MaxId} characters");

    private static Problem Fault(string why) => new(ProblemCodes.InvalidArgument, $"The command can't be run: {why}.");
}
