using System.Buffers;
using System.Text.Json;
using Outrider.Agent.Policy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Elasticsearch;

/// <summary>Names of indices: one that exists as it stands there, never a pattern, a list or a date to be worked out.</summary>
internal static class IndexName
{
    private const int MaxLength = 255;

    private static readonly SearchValues<char> s_allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Members by which a query reads another index: a terms lookup, an indexed shape, <c>more_like_this</c>, <c>percolate</c>.</summary>
    private static readonly string[] s_references = ["index", "_index"];

    /// <summary>Why the index may not be touched; null: it may.</summary>
    public static Problem? Refusal(string? index, ElasticsearchPolicy policy)
    {
        if (string.IsNullOrEmpty(index) || index.Length > MaxLength || index.AsSpan().ContainsAnyExcept(s_allowed)
            || index[0] is '_' or '-' || index is "." or ".." || index.Contains("..", StringComparison.Ordinal))
        {
            return new Problem(ProblemCodes.InvalidArgument,
                "Name one index: lower-case letters, digits, '.', '_' and '-', not beginning with '_' or '-'. Patterns, lists and _all are not taken.");
        }
        // Hidden and system indices are nobody's documents; a '*' doesn't mean them.
        return policy.Indices.Any(pattern => Names.Matches(pattern, index) && (index[0] != '.' || pattern[0] == '.'))
            ? null
            : PolicyRefusal.Because("databases.elasticsearch.indices", $"The index {index} is not one that this agent's policy lets tasks touch.");
    }

    /// <summary>Why a query may not be asked, for an index that it reads besides; null: it may.</summary>
    public static Problem? RefusalIn(JsonElement query, ElasticsearchPolicy policy) => query.ValueKind switch
    {
        JsonValueKind.Object => query.EnumerateObject()
            .Select(member => s_references.Contains(member.Name) && member.Value.ValueKind is JsonValueKind.String
                ? Refusal(member.Value.GetString(), policy)
                : RefusalIn(member.Value, policy))
            .FirstOrDefault(problem => problem is not null),
        JsonValueKind.Array => query.EnumerateArray().Select(item => RefusalIn(item, policy)).FirstOrDefault(problem => problem is not null),
        _ => null,
    };
}
