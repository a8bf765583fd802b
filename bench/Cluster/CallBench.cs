using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.TestingHost;
using Outrider.Grains.Runtime;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;
using Outrider.Silo.OrleansClient.Calls;

namespace Outrider.Bench.Cluster;

/// <summary>Calls per second through our ports beside plain Orleans calls, 64 callers, on one silo and between two.</summary>
internal static class CallBench
{
    private const int Rounds = 5;
    private const int Callers = 64;
    private const int Keys = 256;
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(2);

    public static async Task RunAsync()
    {
        await using var own = await StartAsync(silo => silo.AddPlainGrains(new ContractBindings().Grain<IEcho, IEchoGrain>(), new CallOptions()));
        await using var peer = await StartAsync(silo => silo.Services.AddSerializer(s => s.AddJsonSerializer(type => type == typeof(Message))));
        foreach (var remote in (bool[])[false, true])
        {
            var (ours, theirs) = (Ours(own, remote), Theirs(peer, remote));
            foreach (var echo in ours)
                await echo.PingAsync();
            foreach (var echo in theirs)
                await echo.PingAsync();
            var where = remote ? "silo to silo" : "same silo";
            var (bytes, message, reading) = (new byte[4_096], Reading.Sample.ToMessage(), Reading.Sample);
            await CompareAsync($"empty call, {where}", i => ours[i].PingAsync(), i => theirs[i].PingAsync(), "the same");
            await CompareAsync($"4 KB byte[] there and back, {where}", i => ours[i].BytesAsync(bytes), i => theirs[i].BytesAsync(bytes), "the same");
            await CompareAsync($"record of 10 fields, {where}", i => ours[i].MessageAsync(message), i => theirs[i].JsonAsync(message), "JSON codec of Orleans");
            await CompareAsync($"record of 10 fields, {where}", i => ours[i].MessageAsync(message), i => theirs[i].MessageAsync(reading), "generated codec of Orleans");
        }
    }

    /// <summary>References at the first silo to grains on that one, or on the second.</summary>
    private static IEcho[] Ours(InProcessTestCluster cluster, bool remote)
    {
        Activate(cluster, remote, (services, key) => services.GetRequiredService<IGrains>().Get<IEcho>(key).PingAsync());
        var grains = cluster.GetSiloServiceProvider(cluster.Silos[0].SiloAddress).GetRequiredService<IGrains>();
        return [.. Names(remote).Select(grains.Get<IEcho>)];
    }

    private static IPlainEchoGrain[] Theirs(InProcessTestCluster cluster, bool remote)
    {
        Activate(cluster, remote, (services, key) => services.GetRequiredService<IGrainFactory>().GetGrain<IPlainEchoGrain>(key).PingAsync());
        var factory = cluster.GetSiloServiceProvider(cluster.Silos[0].SiloAddress).GetRequiredService<IGrainFactory>();
        return [.. Names(remote).Select(key => factory.GetGrain<IPlainEchoGrain>(key))];
    }

    /// <summary>A grain starts where it is called from first.</summary>
    private static void Activate(InProcessTestCluster cluster, bool remote, Func<IServiceProvider, string, Task> ping)
    {
        var services = cluster.GetSiloServiceProvider(cluster.Silos[remote ? 1 : 0].SiloAddress);
        foreach (var name in Names(remote))
            ping(services, name).GetAwaiter().GetResult();
    }

    private static IEnumerable<string> Names(bool remote) => Enumerable.Range(0, Keys).Select(i => $"{(remote ? "far" : "near")}/{i}");

    private static async Task<InProcessTestCluster> StartAsync(Action<ISiloBuilder> configure)
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.InitializeClientOnDeploy = false;
        builder.Options.UseTestClusterMembership = true;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseInMemoryReminderService();
            configure(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    /// <summary>The median round of each, taken in turns so that what else the machine does hits both.</summary>
    private static async Task CompareAsync(string what, Func<int, Task> own, Func<int, Task> peer, string peerIs)
    {
        var rounds = new List<(double Own, double Peer)>();
        await RateAsync(own);
        await RateAsync(peer);
        for (var round = 0; round < Rounds; round++)
            rounds.Add((await RateAsync(own), await RateAsync(peer)));
        var (o, p) = (Median(rounds.Select(r => r.Own)), Median(rounds.Select(r => r.Peer)));
        Console.WriteLine($"| {what} | {o:N0}/s | {p:N0}/s | {o / p:0.00} | {peerIs} |");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static async Task<double> RateAsync(Func<int, Task> call)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var count = 0L;
            while (watch.Elapsed < s_round)
            {
                for (var i = 0; i < 20; i++)
                    await call((int)((caller * 4 + count++) % Keys));
            }
            return count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }
}
