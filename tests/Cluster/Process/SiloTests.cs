using System.Net;
using System.Net.Http.Json;
using Outrider.Api.Health;
using Outrider.Grains.Tenancy;
using Outrider.Testing;
using Outrider.Testing.Centre;
using Outrider.Testing.Cluster;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Cluster.Process;

/// <summary>Real silos on one MariaDB, as they are run.</summary>
[Collection(SiloProcessGroup.Name)]
public sealed class SiloTests(SiloDatabases databases)
{
    [Fact]
    public async Task Silos_Three_AreOneCentre()
    {
        await using var stack = await ClusterStack.StartAsync(on: databases.MariaDb);
        // Orleans' own storage reads such keys as one and the same hexadecimal number.
        string[] tenants = ["abc", "ABC", "0abc"];
        foreach (var tenant in tenants)
            await stack.CreateTenantAsync(tenant);
        var keys = await Task.WhenAll(tenants.Select(tenant => stack.CreateKeyAsync(tenant, Role.Admin)));

        foreach (var silo in stack.Silos)
        {
            using var platform = stack.Client(silo);
            var page = (await platform.GetFromJsonAsync<Api.Rest.TenantPage>(TestCentre.Path("/tenants"), TestCentre.Json))!;
            Assert.Equal(tenants.Order(StringComparer.Ordinal), page.Tenants.Select(tenant => tenant.Id).Order(StringComparer.Ordinal));
            foreach (var key in keys)
            {
                using var client = stack.Client(silo, key);
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(TestCentre.Path("/agents"))).StatusCode);
            }
        }
        Assert.Contains("abc", await stack.CommandAsync(stack.Silos[1], "tenant", "list"));
    }

    [Fact]
    public async Task Terminate_OneOfTwo_LeavesInOrderAndTheOtherGoesOn()
    {
        await using var stack = await ClusterStack.StartAsync(2, on: databases.MariaDb);
        await stack.CreateTenantAsync("acme");

        Assert.Equal(0, await stack.Silos[0].TerminateAsync());
        await stack.Silos[1].ReadyAsync(active: 1);

        using var platform = stack.Client(stack.Silos[1]);
        Assert.Equal(HttpStatusCode.OK, (await platform.GetAsync(TestCentre.Path("/tenants/acme"))).StatusCode);
    }

    [Fact]
    public async Task Terminate_WhileItDrains_SaysStoppingAndStillAnswers()
    {
        await using var stack = await ClusterStack.StartAsync(1, settings => settings["OUTRIDER_DRAIN_SECONDS"] = "5", databases.MariaDb);
        var silo = stack.Silos[0];
        var end = silo.TerminateAsync();

        // While it drains, it takes requests: readiness is asked until it says so, and then a request of another kind.
        await silo.EventuallyAsync("it says that it stops", async () => (await silo.ReadinessAsync()).Status == "stopping");
        using var platform = stack.Client(silo);
        Assert.Equal(HttpStatusCode.OK, (await platform.GetAsync(TestCentre.Path("/tenants"))).StatusCode);

        Assert.Equal(0, await end);
    }

    [Fact]
    public async Task Terminate_WhileItStarts_EndsWithoutFault()
    {
        await using var stack = await ClusterStack.StartAsync(2, on: databases.MariaDb);
        await stack.Silos[0].KillAsync();
        await stack.Silos[1].KillAsync();

        // It waits for the other one, whose row says that it is alive.
        await stack.ExecuteAsync("UPDATE OrleansMembershipTable SET IAmAliveTime = UTC_TIMESTAMP() + INTERVAL 1 HOUR");
        stack.Silos[0].Start();
        await stack.Silos[0].Process.LineAsync(line => line.Contains("Waiting for 127.0.0.1"));

        Assert.Equal(0, await stack.Silos[0].TerminateAsync());
    }

    [Fact]
    public async Task Restart_AllKilledAndOneNeverComesBack_TheOthersAreACentreAgain()
    {
        await using var stack = await ClusterStack.StartAsync(on: databases.MariaDb);
        await stack.CreateTenantAsync("acme");
        foreach (var silo in stack.Silos)
            await silo.KillAsync();

        stack.Silos[0].Start();
        stack.Silos[1].Start();
        await stack.ReadyAsync();

        using var platform = stack.Client(stack.Silos[1]);
        Assert.Equal(HttpStatusCode.OK, (await platform.GetAsync(TestCentre.Path("/tenants/acme"))).StatusCode);
    }

    [Fact]
    public async Task Pause_UntilTheOthersDeclareItDead_EndsAndIsStartedAgain()
    {
        await using var stack = await ClusterStack.StartAsync(on: databases.MariaDb);
        var paused = stack.Silos[2];
        var first = paused.Process;

        await paused.PauseAsync();
        await Task.WhenAll(stack.Silos[0].ReadyAsync(active: 2), stack.Silos[1].ReadyAsync(active: 2));
        await paused.ResumeAsync();

        Assert.Equal(75, await first.ExitAsync(TestTimeouts.Default));
        Assert.Contains("\nThis silo ends and must be started again", first.Output);
        await stack.Silos[0].ReadyAsync(active: 3);
    }

    [Fact]
    public async Task Ready_DatabaseAway_IsUnreadyUntilItIsBack()
    {
        await using var stack = await ClusterStack.StartAsync(1);
        var silo = stack.Silos[0];

        await stack.Database.CrashAsync();
        await silo.EventuallyAsync("it says that its storage is away", async () => await silo.ReadinessAsync() is { Status: "unready" } view
            && view.Checks.Any(check => check is { Name: "storage", Status: ReadinessStatus.Failed }));

        await stack.Database.StartAgainAsync();
        await silo.ReadyAsync(active: 1);
    }

    [Fact]
    public async Task Silos_OnPostgreSql_KeepTheirStateOverARestart()
    {
        var postgres = await databases.CreateAsync("postgresql");
        await using var stack = await ClusterStack.StartAsync(2, settings =>
        {
            foreach (var (name, value) in postgres)
                settings[name] = value;
        }, databases.MariaDb);
        foreach (var tenant in new[] { "abc", "ABC" })
            await stack.CreateTenantAsync(tenant);
        var key = await stack.CreateKeyAsync("ABC");
        foreach (var silo in stack.Silos)
            Assert.Equal(0, await silo.TerminateAsync());

        foreach (var silo in stack.Silos)
            silo.Start();
        await stack.ReadyAsync();

        using var client = stack.Client(stack.Silos[1], key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(TestCentre.Path("/agents"))).StatusCode);
        using var platform = stack.Client(stack.Silos[1]);
        var page = (await platform.GetFromJsonAsync<Api.Rest.TenantPage>(TestCentre.Path("/tenants"), TestCentre.Json))!;
        Assert.Equal(["ABC", "abc"], page.Tenants.Select(tenant => tenant.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("OUTRIDER_SILO_PORT")]
    [InlineData("OUTRIDER_PORT")]
    public async Task Serve_PortOfAnother_SaysWhichAndEnds(string variable)
    {
        await using var stack = await ClusterStack.StartAsync(1, on: databases.MariaDb);
        var silo = stack.Silos[0];
        await using var second = ChildProcess.Start(Programs.Silo, ["serve"], new Dictionary<string, string>(stack.Environment)
        {
            ["OUTRIDER_SILO_PORT"] = $"{FreePort.Next()}",
            ["OUTRIDER_PORT"] = $"{FreePort.Next()}",
            [variable] = $"{(variable == "OUTRIDER_PORT" ? silo.Url.Port : silo.SiloPort)}",
        });

        Assert.Equal(1, await second.ExitAsync(TestTimeouts.Default));
        Assert.Contains("Another program listens on 127.0.0.1", second.Output);
        Assert.Contains(variable, second.Output);
    }
}
