using System.Text.Json.Serialization;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Policy;

/// <summary>The policies for tasks on databases, by type (docs/tasks/databases.md); null: that type doesn't exist here.</summary>
public sealed record DatabasesPolicy(
    [property: JsonPropertyName(TaskTypes.MySql)] DatabasePolicy? MySql = null,
    [property: JsonPropertyName(TaskTypes.Doris)] DatabasePolicy? Doris = null,
    [property: JsonPropertyName(TaskTypes.Postgres)] DatabasePolicy? Postgres = null,
    [property: JsonPropertyName(TaskTypes.ClickHouse)] DatabasePolicy? ClickHouse = null,
    [property: JsonPropertyName(TaskTypes.Mongo)] DatabasePolicy? Mongo = null,
    [property: JsonPropertyName(TaskTypes.Elasticsearch)] ElasticsearchPolicy? Elasticsearch = null)
{
    /// <summary>The policy of a type that is enabled; null: it isn't.</summary>
    public DatabasePolicy? Of(string type) => Find(type) is { Enabled: true } policy ? policy : null;

    internal string? Fault() => TaskTypes.All.Where(TaskTypes.IsDatabase)
        .Select(type => Find(type)?.Fault() is { } fault ? $"databases.{type}.{fault}" : null)
        .FirstOrDefault(fault => fault is not null) ?? Elasticsearch?.Fault();

    private DatabasePolicy? Find(string type) => type switch
    {
        TaskTypes.MySql => MySql,
        TaskTypes.Doris => Doris,
        TaskTypes.Postgres => Postgres,
        TaskTypes.ClickHouse => ClickHouse,
        TaskTypes.Mongo => Mongo,
        _ => null,
    };
}
