using System.Net.Http.Json;
using Outrider.Testing.Alerts;
using Outrider.Testing.Centre;
using Outrider.Testing.Cluster;
using Outrider.Testing.Processes;
using Outrider.Tests.Cluster.Process;

namespace Outrider.Tests.Cluster.Faults;

/// <summary>Alerts of a cluster whose silos are killed one after the other: each is told, and its end too.</summary>
[Collection(SiloProcessGroup.Name)]
[Trait("Category", "Long")]
public sealed class AlertFaultTests(SiloDatabases databases)
{
    [Fact]
    public async Task Kill_EachSiloInTurn_EveryAlertAndItsEndAreTold()
    {
        await using var receiver = new AlertReceiver();
        await using var stack = await ClusterStack.StartAsync(on: databases.MariaDb);
        await stack.CreateTenantAsync("demo");
        var key = await stack.CreateKeyAsync("demo");
        stack.StartAgent(stack.Silos[1].Url, "demo", await stack.CreateTokenAsync("demo"), ("127.0.0.1", FreePort.Next(), "root", ""));
        await SendAsync(stack, stack.Silos[0], key, HttpMethod.Put, "/channels/ops", new { type = "webhook", url = receiver.Url.ToString(), @default = true });
        for (var round = 0; round < stack.Silos.Count; round++)
        {
            var (killed, other) = (stack.Silos[round], stack.Silos[(round + 1) % stack.Silos.Count]);
            await SetAsync(stack, other, key, high: true);
            await UntilToldAsync(receiver, "fired", round + 1);
            await killed.KillAsync();
            killed.Start(supervised: true);
            await SetAsync(stack, other, key, high: false);
            await UntilToldAsync(receiver, "resolved", round + 1);
            await Task.WhenAll(stack.Silos.Select(silo => silo.ReadyAsync(stack.Silos.Count)));
        }
        Assert.Equal(receiver.Ids("fired").Order(), receiver.Ids("resolved").Order());
    }

    /// <summary>A machine is always up: this fires, or what fired ends.</summary>
    private static Task SetAsync(ClusterStack stack, SiloProcess silo, string key, bool high) => SendAsync(
        stack, silo, key, HttpMethod.Put, "/rules/up",
        new { name = "It is up", metric = "host_uptime_seconds", @operator = high ? ">" : "<", threshold = 0 });

    /// <summary>Within a minute a cluster has noticed a dead silo, and within another one its reminders go on.</summary>
    private static async Task UntilToldAsync(AlertReceiver receiver, string kind, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (receiver.Ids(kind).Count < count)
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"{count} {kind} did not come:\n{string.Join('\n', receiver.Told.Select(one => one.GetRawText()))}");
            await pause.WaitForNextTickAsync();
        }
    }

    /// <summary>Until it is taken: a silo that was killed a moment ago may be asked for.</summary>
    private static Task SendAsync(ClusterStack stack, SiloProcess silo, string key, HttpMethod method, string path, object body) =>
        Eventually.SoAsync($"{path} is set", async () =>
        {
            using var client = stack.Client(silo, key);
            using var request = new HttpRequestMessage(method, TestCentre.Path(path)) { Content = JsonContent.Create(body) };
            using var response = await client.SendAsync(request);
            return response.IsSuccessStatusCode;
        }, () => false, () => silo.Process.Output);
}
