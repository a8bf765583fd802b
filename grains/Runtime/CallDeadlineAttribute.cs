namespace Outrider.Grains.Runtime;

/// <summary>A contract method whose calls may take longer than the host's call deadline (30 s), and how long.</summary>
/// <param name="seconds">After this many seconds the caller gets <see cref="TimeoutException"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CallDeadlineAttribute(int seconds) : Attribute
{
    public int Seconds { get; } = seconds;
}
