namespace Outrider.Tests.Boundary.MySql;

/// <summary>How long a test waits for what must happen, before it fails instead of hanging.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(60);

    public static CancellationTokenSource Start() => new(Time);
}
