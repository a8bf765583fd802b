namespace Outrider.Tests.EndToEnd.Dashboard;

/// <summary>Tests that share one centre, its page and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class DashboardGroup : ICollectionFixture<DashboardStack>
{
    public const string Name = "Dashboard";
}
