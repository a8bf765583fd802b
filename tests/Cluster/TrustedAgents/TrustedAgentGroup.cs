namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>One after the other, but beside the other tests of silos: most of their time they wait for a deadline of the cluster.</summary>
[CollectionDefinition(Name)]
public sealed class TrustedAgentGroup
{
    public const string Name = "outrider-agent-cluster processes";
}
