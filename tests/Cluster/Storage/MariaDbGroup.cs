namespace Outrider.Tests.Cluster.Storage;

/// <summary>Names the tests that share one MariaDB. One at a time, because some of them stop it.</summary>
[CollectionDefinition(Name)]
public sealed class MariaDbGroup : ICollectionFixture<MariaDbFixture>
{
    public const string Name = "MariaDB";
}
