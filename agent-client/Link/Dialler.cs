using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Outrider.Agent.Configuration;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Link;

/// <summary>Dials the centre.</summary>
internal sealed class Dialler(Uri url, AgentOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    private readonly X509Certificate2Collection _authorities = ReadAuthorities(options.CaFile);
    private readonly X509Certificate2? _certificate = options.ClientCertificateFile is { } file
        ? X509Certificate2.CreateFromPemFile(file, options.ClientKeyFile)
        : null;

    /// <summary>The address of the link: <c>http</c> becomes <c>ws</c>, <c>https</c> becomes <c>wss</c>.</summary>
    public static Uri Address(Uri url) => new UriBuilder(url)
    {
        Scheme = url.Scheme is "https" or "wss" ? "wss" : "ws",
        Path = url.AbsolutePath.TrimEnd('/') + LinkProtocol.Path,
    }.Uri;

    /// <summary>Opens a socket. Problem: <c>unavailable</c> or <c>rate_limited</c>, with what the centre asked for.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The socket goes to the caller, or is disposed when it didn't open.")]
    public async Task<Outcome<WebSocket>> DialAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(s_timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var socket = new ClientWebSocket();
        try
        {
            Configure(socket.Options);
            await socket.ConnectAsync(Address(url), either.Token);
            return socket;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            var problem = Explain(socket, e);
            socket.Dispose();
            return problem;
        }
    }

    public void Dispose() => _certificate?.Dispose();

    private void Configure(ClientWebSocketOptions socket)
    {
        socket.AddSubProtocol(LinkProtocol.SubProtocol);
        socket.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        socket.CollectHttpResponseDetails = true;
        // No window is kept between messages: the memory of an idle link counts for more than the last percent.
        socket.DangerousDeflateOptions = new WebSocketDeflateOptions { ClientContextTakeover = false, ServerContextTakeover = false };
        if (_certificate is not null)
            socket.ClientCertificates.Add(_certificate);
        if (_authorities.Count > 0)
            socket.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors);
    }

    private bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 presented || chain is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            return false;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(presented);
    }

    private Problem Explain(ClientWebSocket socket, Exception e)
    {
        var retry = RetryAfter(socket);
        var where = Address(url);
        return (int)socket.HttpStatusCode switch
        {
            0 => new Problem(ProblemCodes.Unavailable, $"The centre can't be reached at {where}: {Root(e)}"),
            (int)HttpStatusCode.TooManyRequests => new Problem(ProblemCodes.RateLimited, "The centre has seen too many failed registrations from this address.")
            {
                RetryAfterSeconds = retry ?? 60,
            },
            (int)HttpStatusCode.ServiceUnavailable => new Problem(ProblemCodes.Unavailable, "The centre takes no link just now.") { RetryAfterSeconds = retry },
            var status => new Problem(ProblemCodes.Unavailable, $"{where} answered HTTP {status}; is OUTRIDER_URL the centre's address?") { RetryAfterSeconds = retry },
        };
    }

    private static int? RetryAfter(ClientWebSocket socket)
    {
        foreach (var (name, values) in socket.HttpResponseHeaders ?? new Dictionary<string, IEnumerable<string>>())
        {
            if (name.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                return seconds;
        }
        return null;
    }

    private static string Root(Exception e) => e is OperationCanceledException ? "no answer in time" : e.GetBaseException().Message;

    private static X509Certificate2Collection ReadAuthorities(string? file)
    {
        var authorities = new X509Certificate2Collection();
        if (file is not null)
            authorities.ImportFromPemFile(file);
        return authorities;
    }
}
