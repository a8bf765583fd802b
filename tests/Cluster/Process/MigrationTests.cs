using Outrider.Testing.Processes;

namespace Outrider.Tests.Cluster.Process;

[Collection(SiloProcessGroup.Name)]
public sealed class MigrationTests(SiloDatabases databases)
{
    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task Migrate_Twice_MakesEverythingOnce(string kind)
    {
        var settings = await databases.CreateAsync(kind);

        var first = await ChildProcess.RunAsync(Programs.Silo, ["migrate"], settings);
        var second = await ChildProcess.RunAsync(Programs.Silo, ["migrate"], settings);

        foreach (var part in new[] { "orleans_queries 1", "orleans_membership 1", "orleans_state 1", "orleans_reminders 1", "audit 1", "audit 2", "reports 1", "metrics 1", "alerts 1", "tasks 1" })
            Assert.Contains(part, first);
        Assert.Equal("The shared database is up to date.", second.Trim());
    }

    [Fact]
    public async Task Migrate_ManyAtOnce_OneWorksAndTheOthersFindItDone()
    {
        var settings = await databases.CreateAsync("mysql");

        var outputs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ChildProcess.RunAsync(Programs.Silo, ["migrate"], settings)));

        Assert.Single(outputs, output => output.Contains("orleans_state 1"));
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task Serve_WithoutTables_SaysWhatToRun(string kind)
    {
        var settings = await databases.CreateAsync(kind);
        settings["OUTRIDER_PLATFORM_KEY"] = $"orp.{new string('a', 64)}";
        settings["OUTRIDER_SILO_PORT"] = $"{FreePort.Next()}";
        settings["OUTRIDER_PORT"] = $"{FreePort.Next()}";
        await using var silo = ChildProcess.Start(Programs.Silo, ["serve"], settings);

        Assert.Equal(1, await silo.ExitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("outrider-silo migrate", silo.Output);
        Assert.Single(silo.Output.Split('\n'));
    }
}
