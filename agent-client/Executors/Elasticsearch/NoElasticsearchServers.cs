using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Elasticsearch;

/// <summary>An agent whose owner named no server: tasks have to say which.</summary>
internal sealed class NoElasticsearchServers : IElasticsearchServers
{
    public Outcome<ElasticsearchServer> Find(string connection) =>
        new Problem(ProblemCodes.ConnectionNotConfigured, $"This agent has no connection '{connection}' to an Elasticsearch.");
}
