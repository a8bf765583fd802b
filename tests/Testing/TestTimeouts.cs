namespace Outrider.Testing;

/// <summary>How long a test waits for what must happen before it fails. Real time; no test that passes comes near it.</summary>
public static class TestTimeouts
{
    public static TimeSpan Default { get; } = TimeSpan.FromSeconds(60);
}
