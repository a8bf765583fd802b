using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using Outrider.Agent.Policy;

namespace Outrider.Agent.Http;

/// <summary>
/// HTTP as executors use it: no redirects, no proxy, no cookies, answers as they come. Where host rules hold, a connection is made to an
/// address that they gave and the name is not looked up again, so that it can't mean something else a moment later.
/// </summary>
internal static class HttpConnections
{
    private const int MaxHeaderKilobytes = 32;
    private const int MaxDrain = 64 * 1024;

    /// <summary>A name may mean another address after this.</summary>
    private static readonly TimeSpan s_connectionLife = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan s_connectTime = TimeSpan.FromSeconds(15);

    /// <param name="hosts">Asked for each connection; null: the agent's owner named the server.</param>
    /// <param name="tls">What to trust and to show; null: the system's authorities, and nothing.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The invoker owns the handler.")]
    public static HttpMessageInvoker Create(IHostRules? hosts, SslClientAuthenticationOptions? tls = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = s_connectionLife,
            ConnectTimeout = s_connectTime,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = MaxDrain,
        };
        if (tls is not null)
            handler.SslOptions = tls;
        if (hosts is not null)
            handler.ConnectCallback = (context, cancellation) => ConnectAsync(hosts, context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation);
        return new HttpMessageInvoker(handler);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the socket.")]
    private static async ValueTask<Stream> ConnectAsync(IHostRules hosts, string host, int port, CancellationToken cancellation)
    {
        var addresses = await hosts.ResolveAsync(host, port, cancellation);
        if (!addresses.Ok)
            throw new HostRefusedException(addresses.Problem);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. addresses.Value], port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
