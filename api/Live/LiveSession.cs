using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;
using Outrider.Api.Auth;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Live;

/// <summary>One socket of the live feed, from its opening to its end: lets its viewer prove who it is, has it served, and says why it ends.</summary>
internal sealed class LiveSession(LiveContext live, LiveSocket socket, LivePlaces.Place place, IPAddress? address)
{
    /// <summary>Requests that wait; a viewer that asks faster is read more slowly.</summary>
    private const int MaxWaiting = 16;

    private readonly Channel<Outcome<LiveRequest>> _requests = Channel.CreateBounded<Outcome<LiveRequest>>(MaxWaiting);
    private Problem? _over;
    private string _tenant = "(unproven)";

    /// <summary>Serves until it is over. Never throws.</summary>
    /// <param name="proven">Who it is, if the request said so already.</param>
    public async Task ServeAsync((Caller Caller, Credential Credential)? proven)
    {
        var receiving = ReceiveAsync();
        Problem? why;
        try
        {
            why = await RunAsync(proven);
        }
        catch (Exception e)
        {
            live.Log.ViewerFailed(_tenant, e);
            why = new Problem(ProblemCodes.Internal, "The centre failed at this. Connect again.");
        }
        End(why);
        await SayWhyAsync();
        await receiving;
    }

    /// <summary>Ends it; the first reason counts, null is none. Thread-safe.</summary>
    public void End(Problem? why)
    {
        Interlocked.CompareExchange(ref _over, why, null);
        _requests.Writer.TryComplete();
        socket.AbortAfter(live.Options.CloseTimeout);
    }

    private async Task<Problem?> RunAsync((Caller Caller, Credential Credential)? proven)
    {
        if (proven is null)
        {
            var proof = await ProveAsync();
            if (!proof.Ok)
                return proof.Problem;
            proven = proof.Value;
        }
        var (caller, credential) = proven.Value;
        _tenant = caller.Tenant;
        return place.Prove(caller.Tenant) ?? await new LiveViewer(live, socket, _requests.Reader, caller, credential).ServeAsync();
    }

    /// <summary>Awaits the first frame, which must say who it is.</summary>
    private async Task<Outcome<(Caller, Credential)>> ProveAsync()
    {
        Outcome<LiveRequest> first;
        try
        {
            first = await _requests.Reader.ReadAsync().AsTask().WaitAsync(live.Options.ProofTimeout, live.Time);
        }
        catch (TimeoutException)
        {
            return new Problem(ProblemCodes.TimedOut, $"No 'auth' came within {live.Options.ProofTimeout.TotalSeconds} s.");
        }
        catch (ChannelClosedException)
        {
            return new Problem(ProblemCodes.Canceled, "The socket was closed.");
        }
        if (!first.Ok)
            return first.Problem;
        if (first.Value.Type != LiveRequest.Auth)
            return new Problem(ProblemCodes.Unauthenticated, """The first frame must be {"type":"auth","key":"…"} with an API key.""");
        var credential = Credential.TryParse(first.Value.Key, out var parsed) ? parsed : new Outcome<Credential> { Problem = TenantKeys.Unknown };
        var caller = await live.Proof.ProveAsync(address, credential);
        if (!caller.Ok)
            return caller.Problem;
        return Permissions.Require(caller.Value, Permission.AgentsRead) is { } forbidden ? forbidden : (caller.Value, credential.Value!);
    }

    /// <summary>Reads what the viewer sends until it closes; once nobody takes it any more, it is passed over.</summary>
    private async Task ReceiveAsync()
    {
        while (await socket.ReceiveAsync() is { } frame)
        {
            while (await _requests.Writer.WaitToWriteAsync() && !_requests.Writer.TryWrite(frame))
            {
                // Another wait for room.
            }
        }
        _requests.Writer.TryComplete();
    }

    private async Task SayWhyAsync()
    {
        if (_over is not { } why)
        {
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
            return;
        }
        live.Metrics.Error(why.Code);
        await socket.SendAsync(why, id: null);
        await socket.CloseAsync(
            why.Code == ProblemCodes.Unavailable ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.PolicyViolation, why.Code);
    }
}
