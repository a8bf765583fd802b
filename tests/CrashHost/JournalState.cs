namespace Outrider.Tests.CrashHost;

/// <summary>The last number, and the same again at the other end of a large state: a torn write would show two different ones.</summary>
public sealed class JournalState
{
    public long First { get; set; }

    public string Padding { get; set; } = "";

    public long Last { get; set; }
}
