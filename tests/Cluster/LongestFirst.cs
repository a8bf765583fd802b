using Outrider.Tests.Cluster.Process;
using Outrider.Tests.Cluster.TrustedAgents;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Outrider.Tests.Cluster.LongestFirst", "Outrider.Tests.Cluster")]

namespace Outrider.Tests.Cluster;

/// <summary>Starts the longest collections first: one that begins last runs on alone when all others are over.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] s_order = [SiloProcessGroup.Name, TrustedAgentGroup.Name];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Array.IndexOf(s_order, collection.DisplayName) is >= 0 and var place ? place : s_order.Length);
}
