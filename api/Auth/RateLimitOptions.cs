namespace Outrider.Api.Auth;

/// <summary>How much a caller may ask.</summary>
public sealed record RateLimitOptions
{
    /// <summary>Requests per second of one credential, in the long run.</summary>
    public double RequestsPerSecond { get; init; } = 50;

    /// <summary>Requests of one credential at once.</summary>
    public int RequestBurst { get; init; } = 100;

    /// <summary>Posts per second of one agent that holds no link.</summary>
    public double PostsPerSecond { get; init; } = 10;

    /// <summary>Failed authentications per minute of one address (IPv6: of one /64); more shut the address out until they have run off.</summary>
    public int FailuresPerMinute { get; init; } = 20;

    /// <summary>Credentials, and addresses, that are counted apart. Those beyond share one count.</summary>
    public int MaxPartitions { get; init; } = 10_000;
}
