using System.Text.Json;
using System.Text.Json.Serialization;

namespace Outrider.Agent.Executors.Elasticsearch;

/// <summary>The params of an <c>elasticsearch</c> task: one of the two.</summary>
/// <param name="Connection">A server by its name in the agent's own connections.</param>
/// <param name="Target">A server as the task says; wins over <paramref name="Connection"/>.</param>
internal sealed record ElasticsearchParams(string? Connection = null, ElasticsearchTarget? Target = null);

/// <summary>A server as a task says; its host must be on the policy's list.</summary>
/// <param name="Host">A name or address.</param>
/// <param name="Port">9200 if nobody says.</param>
/// <param name="Scheme"><c>https</c> or <c>http</c>.</param>
/// <param name="User">For basic authentication.</param>
/// <param name="Password">A reference <c>${secret:NAME}</c>, nothing else.</param>
/// <param name="ApiKey">The same.</param>
internal sealed record ElasticsearchTarget(
    string Host, int Port = 9200, string Scheme = "https", string? User = null, string? Password = null, string? ApiKey = null);

/// <summary>What a task commands.</summary>
/// <param name="Operation"><c>index</c>, <c>update</c>, <c>bulk</c>, <c>delete_by_query</c> or <c>search</c>.</param>
/// <param name="Index">The index, an alias or a data stream; for <c>bulk</c>: of actions that name none.</param>
/// <param name="Id">For <c>index</c> (null: Elasticsearch makes one) and <c>update</c>.</param>
/// <param name="Doc">For <c>index</c>: the document; for <c>update</c>: its changed fields.</param>
/// <param name="Actions">For <c>bulk</c>: the lines of a bulk body, in order.</param>
/// <param name="Query">For <c>delete_by_query</c> and <c>search</c>.</param>
/// <param name="Upsert">For <c>update</c>: make the document if it isn't there.</param>
/// <param name="Size">For <c>search</c>: most hits.</param>
/// <param name="From">For <c>search</c>: hits to skip.</param>
/// <param name="Sort">For <c>search</c>: as Elasticsearch takes it.</param>
internal sealed record ElasticsearchCommand(
    string Operation, string? Index = null, string? Id = null, JsonElement? Doc = null, List<JsonElement>? Actions = null, JsonElement? Query = null,
    bool Upsert = false, int? Size = null, int? From = null, JsonElement? Sort = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ElasticsearchParams))]
[JsonSerializable(typeof(ElasticsearchCommand))]
internal sealed partial class ElasticsearchJson : JsonSerializerContext;
