namespace Outrider.Tests.Conformance.Grains;

public sealed class LedgerState
{
    public long Total { get; set; }

    public List<string> Entries { get; set; } = [];
}
