namespace Outrider.Tests.Boundary.Storage;

/// <summary>Names the tests that share one PostgreSQL. One at a time, because some of them stop it.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresGroup : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
