using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Outrider.Grains.Tenancy;

namespace Outrider.Api.Mcp.Transport;

/// <summary>The places for open event streams that this node has. Thread-safe.</summary>
internal sealed class StreamPlaces(IOptions<McpOptions> options, McpMetrics metrics)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string Credential), int> _taken = [];
    private int _all;

    /// <summary>Takes a place until <see cref="Leave"/>; null, or why there is none.</summary>
    public Refusal? Take(Caller caller)
    {
        lock (_gate)
        {
            var own = _taken.GetValueOrDefault(Key(caller));
            if (own >= options.Value.MaxStreamsPerCredential)
                return OwnFull();
            if (_all >= options.Value.MaxStreams)
                return Full();
            _taken[Key(caller)] = own + 1;
            _all++;
        }
        metrics.StreamOpened();
        return null;
    }

    public void Leave(Caller caller)
    {
        lock (_gate)
        {
            _all--;
            if (--_taken[Key(caller)] == 0)
                _taken.Remove(Key(caller));
        }
        metrics.StreamClosed();
    }

    private static (string Tenant, string Credential) Key(Caller caller) => (caller.Tenant, caller.CredentialId);

    private static Refusal OwnFull() =>
        new(StatusCodes.Status429TooManyRequests, Refusal.Circumstance,
            "This credential has all the event streams it may have on this node. Close one; calls by POST to /mcp need none.")
        { RetryAfterSeconds = 30 };

    private static Refusal Full() =>
        new(StatusCodes.Status503ServiceUnavailable, Refusal.Circumstance,
            "This node has no room for another event stream. Try again later; calls by POST to /mcp need none.")
        { RetryAfterSeconds = 30 };
}
