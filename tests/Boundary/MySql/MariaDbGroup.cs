namespace Outrider.Tests.Boundary.MySql;

/// <summary>Names the tests that share one MariaDB.</summary>
[CollectionDefinition(Name)]
public sealed class MariaDbGroup : ICollectionFixture<MariaDbFixture>
{
    public const string Name = "MariaDB";
}
