using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Outrider.Silo.Embedded;

/// <summary>Settings of an <see cref="EmbeddedHost"/>.</summary>
public sealed record EmbeddedHostOptions
{
    /// <summary>A call that isn't answered by then fails with <see cref="TimeoutException"/>, at most one <see cref="SweepPeriod"/> late.</summary>
    public TimeSpan CallDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An activation that nobody used for this long is ended, at most one <see cref="SweepPeriod"/> late.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often deadlines and idle activations are looked at: one pass over all, instead of a timer for each.</summary>
    public TimeSpan SweepPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most calls that wait for one grain; one more fails with <see cref="MailboxFullException"/>.</summary>
    public int MailboxLimit { get; init; } = 10_000;

    /// <summary>How long stopping waits for running turns and deactivation hooks before it drops them.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Log { get; init; } = NullLogger.Instance;
}
