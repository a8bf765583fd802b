using Outrider.Protocol.Link;

namespace Outrider.Api.Rest.Metrics;

/// <summary>An agent's machine in the words of older designs. Null: not known.</summary>
public sealed record ServerSystem(string? Hostname, string? Os, string? Arch, int? CpuCores, double? TotalMemMb, string AgentVersion)
{
    private const double Mega = 1024 * 1024;

    public static ServerSystem Of(AgentFacts facts) =>
        new(facts.Hostname, facts.Os, facts.Arch, facts.Cpus, facts.MemoryBytes / Mega, facts.Version);
}
