using System.Text.Json;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Elasticsearch;

/// <summary>The body of a bulk: what to do and, but for a deletion, a line of what with.</summary>
internal static class BulkLines
{
    private static readonly string[] s_actions = ["index", "create", "update", "delete"];

    private static readonly string[] s_metadata =
        ["_index", "_id", "routing", "if_seq_no", "if_primary_term", "version", "version_type", "retry_on_conflict", "require_alias", "pipeline"];

    private static readonly string[] s_update = ["doc", "upsert", "doc_as_upsert", "detect_noop", "_source"];

    /// <summary>The body. <c>invalid_argument</c>, <c>policy_refused</c>.</summary>
    public static Outcome<byte[]> Write(ElasticsearchCommand command, ElasticsearchPolicy policy)
    {
        if (command.Actions is not { Count: > 0 } lines)
            return Fault("give actions, the lines of a bulk body in order");
        using var body = new MemoryStream();
        for (var i = 0; i < lines.Count; i++)
        {
            if (ActionIn(lines[i]) is not { } action)
                return Fault($"actions[{i}] is not one of {{\"index\": {{…}}}}, create, update or delete, with members that a bulk knows");
            var index = action.Value.TryGetProperty("_index", out var named) ? named.GetString() : command.Index;
            if (IndexName.Refusal(index, policy) is { } refused)
                return refused;
            WriteLine(body, lines[i]);
            if (action.Name == "delete")
                continue;
            if (++i == lines.Count || lines[i].ValueKind is not JsonValueKind.Object)
                return Fault($"actions[{i}] must be the document of the action before it");
            if (action.Name == "update" && lines[i].EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !s_update.Contains(name)) is { } unknown)
                return Fault($"actions[{i}] has '{unknown}'; an update takes {string.Join(", ", s_update)}");
            WriteLine(body, lines[i]);
        }
        return body.ToArray();
    }

    private static JsonProperty? ActionIn(JsonElement line)
    {
        if (line.ValueKind is not JsonValueKind.Object || line.GetPropertyCount() != 1)
            return null;
        var action = line.EnumerateObject().Single();
        return s_actions.Contains(action.Name) && action.Value.ValueKind is JsonValueKind.Object
            && action.Value.EnumerateObject().All(member => s_metadata.Contains(member.Name))
            && (!action.Value.TryGetProperty("_index", out var index) || index.ValueKind is JsonValueKind.String)
            ? action
            : null;
    }

    private static void WriteLine(MemoryStream body, JsonElement line)
    {
        // Written anew, as a line break inside would end it.
        using (var writer = new Utf8JsonWriter(body))
            line.WriteTo(writer);
        body.WriteByte((byte)'\n');
    }

    private static Problem Fault(string why) => new(ProblemCodes.InvalidArgument, $"The bulk can't be sent: {why}.");
}
