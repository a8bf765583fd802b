using Outrider.Silo.Embedded;
using Outrider.Storage.InMemory;

namespace Outrider.Bench.Grains;

/// <summary>Heap per idle activation, its grain object, state and key included.</summary>
internal static class MemoryBench
{
    private const int Count = 100_000;

    public static async Task RunAsync()
    {
        await using var host = new EmbeddedHost(Counter.Registry, new InMemoryStateStore(), new InMemoryReminderStore(), new());
        await host.StartAsync();
        await host.Grains.Get<ICounter>("t/warm").AddAsync(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++)
            await host.Grains.Get<ICounter>($"t/{i}").AddAsync(1);
        var own = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;

        before = GC.GetTotalMemory(forceFullCollection: true);
        var actors = new Dictionary<string, ChannelActor>();
        for (var i = 0; i < Count; i++)
        {
            var actor = new ChannelActor();
            actors.Add($"t/{i}", actor);
            await actor.AddAsync(1);
        }
        var peer = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;
        Report.Row($"heap per idle activation, {Count:N0} of them", own, peer, "B", "channel, task and dictionary entry");
        GC.KeepAlive(actors);
    }
}
