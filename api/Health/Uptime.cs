namespace Outrider.Api.Health;

/// <summary>How long this centre has been up.</summary>
public sealed class Uptime(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_start);
}
