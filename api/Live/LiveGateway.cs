using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Outrider.Api.Auth;
using Outrider.Api.Problems;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Live;

/// <summary>Takes the sockets of viewers, within its bounds, and closes them when the centre stops.</summary>
internal sealed class LiveGateway : IDisposable
{
    /// <summary>The WebSocket sub-protocol, for those who name one.</summary>
    public const string SubProtocol = "outrider.live.v1";

    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(15);

    private readonly LiveContext _live;
    private readonly LivePlaces _places;
    private readonly ConcurrentDictionary<LiveSession, bool> _sessions = [];
    private readonly CancellationTokenRegistration _stopping;
    private volatile bool _stopped;

    public LiveGateway(LiveContext live, IHostApplicationLifetime lifetime)
    {
        _live = live;
        _places = new LivePlaces(live.Options);
        // Before the server stops: it waits for its open connections.
        _stopping = lifetime.ApplicationStopping.Register(Stop);
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Serves one request for a socket, until that is over.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        (Caller, Credential)? proven = null;
        var problem = Check(http);
        if (problem is null && Find(http) is { } credential)
        {
            var caller = await ProveAsync(http, credential);
            (proven, problem) = (caller.Ok ? (caller.Value, credential.Value!) : null, caller.Problem);
        }
        if (problem is not null)
        {
            await RefuseAsync(http, problem);
            return;
        }
        var taken = _places.Take();
        if (!taken.Ok)
        {
            await RefuseAsync(http, taken.Problem);
            return;
        }
        using var place = taken.Value;
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = http.WebSockets.WebSocketRequestedProtocols.Contains(SubProtocol) ? SubProtocol : null,
            // Browsers answer pings by themselves; who doesn't is gone.
            KeepAliveInterval = s_keepAlive,
            KeepAliveTimeout = _live.Options.Stall,
        });
        await ServeAsync(socket, place, http, proven);
        if (socket.State != WebSocketState.Closed)
            http.Abort();
    }

    private async Task ServeAsync(WebSocket socket, LivePlaces.Place place, HttpContext http, (Caller, Credential)? proven)
    {
        using var frames = new LiveSocket(socket, _live.Options, _live.Time);
        var session = new LiveSession(_live, frames, place, http.Connection.RemoteIpAddress);
        _sessions[session] = true;
        if (_stopped)
            session.End(Stopping());
        await session.ServeAsync(proven);
        _sessions.TryRemove(session, out _);
    }

    private Problem? Check(HttpContext http)
    {
        if (_stopped)
            return Stopping();
        if (CredentialReader.QueryName(http.Request.Query) is not null)
            return CredentialReader.Read(http.Request).Problem;
        if (!http.WebSockets.IsWebSocketRequest)
            return new Problem(ProblemCodes.InvalidArgument, "Open this address as a WebSocket.");
        if (!HasOwnSession(http) && !Origins.Allow(http.Request, _live.Options.AllowedOrigins))
        {
            return new Problem(ProblemCodes.Forbidden,
                $"Pages of the origin '{http.Request.Headers.Origin}' may not call this centre. If this is wanted, add it to mcp_allowed_origins.");
        }
        return null;
    }

    /// <summary>
    /// The credential in a header, or (for browsers, which can't set one) among the sub-protocols or as the session in a cookie; null: none, so
    /// it comes as a frame.
    /// </summary>
    private static Outcome<Credential>? Find(HttpContext http)
    {
        if (CredentialReader.HasHeader(http.Request))
            return CredentialReader.Read(http.Request);
        foreach (var protocol in http.WebSockets.WebSocketRequestedProtocols)
        {
            if (Credential.TryParse(protocol, out var credential))
                return credential;
        }
        return HasOwnSession(http) ? SessionCookie.Read(http.Request) : null;
    }

    /// <summary>A browser's session proves its user to our own pages alone; those come from wherever the centre is called at.</summary>
    private static bool HasOwnSession(HttpContext http) =>
        http.Request.Cookies.ContainsKey(SessionCookie.Name) && Origins.IsOwn(http.Request);

    private async Task<Outcome<Caller>> ProveAsync(HttpContext http, Outcome<Credential> credential)
    {
        var caller = await _live.Proof.ProveAsync(http.Connection.RemoteIpAddress, credential);
        return caller.Ok && (Authenticator.CheckTenantHeader(http.Request, caller.Value) ?? Permissions.Require(caller.Value, Permission.AgentsRead)) is { } refused
            ? refused
            : caller;
    }

    private Task RefuseAsync(HttpContext http, Problem problem)
    {
        _live.Metrics.Error(problem.Code);
        return ProblemJson.WriteAsync(http, problem);
    }

    private void Stop()
    {
        _stopped = true;
        foreach (var (session, _) in _sessions)
            session.End(Stopping());
    }

    private static Problem Stopping() => new(ProblemCodes.Unavailable, "The centre stops or restarts; connect again.") { RetryAfterSeconds = 2 };
}
