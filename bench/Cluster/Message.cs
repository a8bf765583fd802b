namespace Outrider.Bench.Cluster;

/// <summary>The same ten fields as a contract record, which knows nothing of Orleans.</summary>
public sealed record Message(
    string Tenant, string Agent, string Session, long Number, double Value, bool Ok, DateTimeOffset At, string? Note, int Count, List<string> Labels);
