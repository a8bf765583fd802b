using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Elasticsearch;

/// <summary>The servers that this machine's owner named in the agent's own connections.</summary>
internal interface IElasticsearchServers
{
    /// <summary>A server by its name. <c>connection_not_configured</c>.</summary>
    Outcome<ElasticsearchServer> Find(string connection);
}
