using Outrider.Agent.Connections;
using Outrider.MySql.Transport;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Elasticsearch;

/// <summary>The servers of connections.json. With TLS the certificate is always checked; without it is what <c>disabled</c> says.</summary>
internal sealed class ElasticsearchConnections(ConnectionCatalog connections, Func<string, string?> secret) : IElasticsearchServers
{
    public Outcome<ElasticsearchServer> Find(string connection)
    {
        var opened = connections.Open(connection, TaskTypes.Elasticsearch, secret);
        if (!opened.Ok)
            return opened.Problem;
        var found = opened.Value;
        var scheme = found.Tls is TlsMode.Disabled ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        return new ElasticsearchServer(new UriBuilder(scheme, found.Host, found.Port).Uri, found.User.Length > 0 ? found.User : null, found.Password)
        {
            ApiKey = found.ApiKey,
            CaFile = found.TlsCaFile,
            Write = found.Write,
        };
    }
}
