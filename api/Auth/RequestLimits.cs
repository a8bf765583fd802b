using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Auth;

/// <summary>The rates of <see cref="RateLimitOptions"/>: per credential for requests, per address for failed authentications.</summary>
public sealed class RequestLimits
{
    public const string MeterName = "Outrider.Auth";

    private readonly TokenBuckets _requests;
    private readonly TokenBuckets _posts;
    private readonly TokenBuckets _failures;
    private readonly Counter<long> _limited;
    private readonly Counter<long> _failed;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns its meters.")]
    public RequestLimits(RateLimitOptions options, TimeProvider time, IMeterFactory meters)
    {
        _requests = new TokenBuckets(options.RequestsPerSecond, options.RequestBurst, options.MaxPartitions, time);
        _posts = new TokenBuckets(options.PostsPerSecond, 2 * options.PostsPerSecond, options.MaxPartitions, time);
        _failures = new TokenBuckets(options.FailuresPerMinute / 60.0, options.FailuresPerMinute, options.MaxPartitions, time);
        var meter = meters.Create(MeterName);
        _limited = meter.CreateCounter<long>("outrider.http.rate_limited", "{request}", "Requests refused by a rate limit, by reason.");
        _failed = meter.CreateCounter<long>("outrider.auth.failures", "{request}", "Requests whose credential was not accepted.");
    }

    /// <summary>Counts a request of this caller; <c>rate_limited</c> when it is one too many.</summary>
    public Problem? Count(Caller caller) => _requests.Take($"{caller.Tenant}.{caller.CredentialId}") is { } wait
        ? Refuse("credential", wait, "This key or user sends requests faster than it may.")
        : null;

    /// <summary>Counts a post with this agent's credential; <c>rate_limited</c> when it is one too many.</summary>
    public Problem? CountPost(string credentialHash) => _posts.Take(credentialHash) is { } wait
        ? Refuse("post", wait, "This agent posts faster than it may. Put more into one report.")
        : null;

    /// <summary><c>rate_limited</c> while this address has too many failed authentications behind it.</summary>
    public Problem? CheckFailures(IPAddress? address) => _failures.Peek(KeyOf(address)) is { } wait
        ? Refuse("failed_authentication", wait, "Too many requests from this address had no valid credential. Correct the credential.")
        : null;

    /// <summary>Counts a failed authentication from this address.</summary>
    public void CountFailure(IPAddress? address)
    {
        _failed.Add(1);
        _failures.Take(KeyOf(address));
    }

    // Whoever has one IPv6 address has its whole /64.
    private static string KeyOf(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    private Problem Refuse(string reason, TimeSpan wait, string why)
    {
        _limited.Add(1, new KeyValuePair<string, object?>("reason", reason));
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        return new Problem(ProblemCodes.RateLimited, $"{why} Wait {seconds} s.") { RetryAfterSeconds = seconds };
    }
}
