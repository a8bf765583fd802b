using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using Outrider.Agent.Connections;
using Outrider.Agent.Executors.Databases;
using Outrider.Agent.Statements;
using Outrider.MySql.Transport;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.ClickHouse;

/// <summary>ClickHouse by its HTTP interface. https://clickhouse.com/docs/interfaces/http</summary>
internal sealed class ClickHouseDatabase(TimeProvider time) : IDatabase
{
    private const int Connections = 10;

    private static readonly TimeSpan s_life = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DatabaseConnection Connection, HttpClient Client)> _clients = [];

    public SqlDialect Dialect => SqlDialect.ClickHouse;

    public bool HasTransactions => false;

    public bool HasTransactionalDdl => false;

    public string TransactionNote => "No transactions: each statement lasts as soon as it succeeds.";

    [SuppressMessage("Reliability", "CA2000", Justification = "The session ends a client of its own; the others are this object's.")]
    public Task<Outcome<IStatementSession>> OpenAsync(DatabaseConnection connection, int maxRows, CancellationToken cancellation)
    {
        try
        {
            var client = connection.IsShared ? ClientOf(connection) : NewClient(connection);
            return Task.FromResult<Outcome<IStatementSession>>(new ClickHouseSession(client, connection, maxRows, time));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            return Task.FromResult<Outcome<IStatementSession>>(
                new Problem(ProblemCodes.DatabaseUnreachable, $"The agent can't use {connection}: its tls_ca_file can't be read: {e.Message}"));
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var (_, client) in _clients.Values)
            client.Dispose();
        return ValueTask.CompletedTask;
    }

    private HttpClient ClientOf(DatabaseConnection connection)
    {
        lock (_lock)
        {
            if (_clients.TryGetValue(connection.Name!, out var known) && known.Connection == connection)
                return known.Client;
            // One that a task still uses is left to it.
            var client = NewClient(connection);
            _clients[connection.Name!] = (connection, client);
            return client;
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler.")]
    [SuppressMessage("Security", "CA5359", Justification = "TlsMode.Required is documented not to verify; verify_full does.")]
    private static HttpClient NewClient(DatabaseConnection connection)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = s_connectTimeout,
            MaxConnectionsPerServer = Connections,
            PooledConnectionLifetime = s_life,
        };
        if (connection.Tls == TlsMode.Required)
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        else if (connection.TlsCaFile is { } file)
            handler.SslOptions.CertificateChainPolicy = TrustOnly(file);
        var scheme = connection.Tls is TlsMode.Required or TlsMode.VerifyFull ? "https" : "http";
        var client = new HttpClient(handler) { BaseAddress = new UriBuilder(scheme, connection.Host, connection.Port).Uri, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Add("X-ClickHouse-User", connection.User);
        if (connection.Password.Length > 0)
            client.DefaultRequestHeaders.Add("X-ClickHouse-Key", connection.Password);
        return client;
    }

    private static X509ChainPolicy TrustOnly(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }
}
