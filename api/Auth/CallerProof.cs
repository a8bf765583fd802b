using System.Net;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Auth;

/// <summary>Proves who calls, within the limit on failures of an address and the rate of a caller.</summary>
public sealed class CallerProof(Authenticator authenticator, RequestLimits limits)
{
    public Authenticator Authenticator => authenticator;

    public RequestLimits Limits => limits;

    /// <summary>The caller who has this credential; <c>rate_limited</c>, or why there is none.</summary>
    /// <param name="address">Where the call comes from.</param>
    /// <param name="credential">What was found in the call, or why nothing was.</param>
    public async Task<Outcome<Caller>> ProveAsync(IPAddress? address, Outcome<Credential> credential)
    {
        if (limits.CheckFailures(address) is { } shutOut)
            return shutOut;
        var caller = credential.Ok ? await authenticator.AuthenticateAsync(credential.Value) : credential.Problem;
        if (caller.Ok)
            return limits.Count(caller.Value) is { } refused ? refused : caller;
        // A session that is over is no guess: a page that was left open says so at every call.
        if (caller.Problem.Code == ProblemCodes.Unauthenticated)
            limits.CountFailure(address);
        return caller;
    }
}
