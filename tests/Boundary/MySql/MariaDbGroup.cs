namespace Outrider.Tests.Boundary.MySql;

/// <summary>Names the tests that share one MariaDB. They run alone, because some of them watch the heap.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MariaDbGroup : ICollectionFixture<MariaDbFixture>
{
    public const string Name = "MariaDB";
}
