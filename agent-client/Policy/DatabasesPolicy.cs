namespace Outrider.Agent.Policy;

/// <summary>The policy for databases that tasks may change, one member each.</summary>
/// <param name="Elasticsearch">Elasticsearch and OpenSearch; null: none.</param>
public sealed record DatabasesPolicy(ElasticsearchPolicy? Elasticsearch = null);
