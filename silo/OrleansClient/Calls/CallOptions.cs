namespace Outrider.Silo.OrleansClient.Calls;

/// <summary>How long calls to grains and observers may take.</summary>
public sealed record CallOptions
{
    /// <summary>A call that isn't answered by then fails with <see cref="TimeoutException"/>, unless its method has a deadline of its own.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call is repeated while a node is being lost and its grains move.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
