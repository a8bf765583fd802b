namespace Outrider.Tests.Cluster.Process;

/// <summary>One after the other: each of these tests starts several processes.</summary>
[CollectionDefinition(Name)]
public sealed class SiloProcessGroup : ICollectionFixture<SiloDatabases>
{
    public const string Name = "outrider-silo processes";
}
