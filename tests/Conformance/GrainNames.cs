namespace Outrider.Tests.Conformance;

/// <summary>The names under which a fixture registers the grains.</summary>
public static class GrainNames
{
    public const string Worker = "worker";
    public const string Ledger = "ledger";
    public const string Clockwork = "clockwork";
    public const string Reader = "reader";
    public const string Caller = "caller";
}
