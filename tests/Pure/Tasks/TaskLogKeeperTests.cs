using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Tasks;

public sealed class TaskLogKeeperTests
{
    /// <summary>Whatever comes and whenever it is saved, the store has the beginning and the end of each stream, and little more.</summary>
    [Fact]
    public void AnyOutput_StoreHasBeginningAndEnd()
    {
        for (var seed = 0; seed < 200; seed++)
            Write(new Random(seed), seed);
    }

    [Fact]
    public void Add_KnownChunk_IsPassedOver()
    {
        var keeper = new TaskLogKeeper([new ChunkEntry(0, TaskStream.Stdout, 0, 10), new ChunkEntry(1, TaskStream.Stderr, 0, 5)]);
        Assert.Equal(2u, keeper.Next);
        Assert.False(keeper.Add(new LogChunk(1, TaskStream.Stderr, 0, 0, new byte[5])));
        Assert.True(keeper.Add(new LogChunk(5, TaskStream.Stdout, 0, 100, new byte[1])));
        Assert.Equal(new LogTotals(6, 101, 5, 0), keeper.Totals);
    }

    private static void Write(Random chance, int seed)
    {
        var store = new SortedDictionary<uint, LogChunk>();
        var ends = new Dictionary<TaskStream, long>();
        var all = new List<LogChunk>();
        var keeper = new TaskLogKeeper([]);
        for (uint number = 0; number < 120; number++)
        {
            var stream = (TaskStream)chance.Next(1, 4);
            var chunk = new LogChunk(number, stream, 0, ends.GetValueOrDefault(stream), new byte[chance.Next(1, TaskLimits.ChunkBytes)]);
            ends[stream] = chunk.Offset + chunk.Bytes.Length;
            all.Add(chunk);
            Assert.True(keeper.Add(chunk));
            if (chance.Next(10) == 0)
                Save(keeper, store);
            // A crash: what was saved is all that is known, and the agent sends the rest again.
            if (chance.Next(40) == 0)
            {
                keeper = new TaskLogKeeper([.. store.Values.Select(ChunkEntry.Of)]);
                foreach (var again in all.Where(one => one.Number >= keeper.Next))
                    Assert.True(keeper.Add(again));
            }
        }
        Save(keeper, store);
        foreach (var stream in all.GroupBy(chunk => chunk.Stream))
        {
            var kept = store.Values.Where(chunk => chunk.Stream == stream.Key).ToList();
            var wanted = stream.Where(chunk => chunk.Offset < TaskLimits.KeptHead || chunk.Offset + chunk.Bytes.Length > ends[stream.Key] - TaskLimits.KeptTail);
            Assert.Equal(wanted.Select(chunk => chunk.Number), kept.Select(chunk => chunk.Number));
        }
        Assert.True(store.Count < all.Count, $"seed {seed} keeps everything");
    }

    private static void Save(TaskLogKeeper keeper, SortedDictionary<uint, LogChunk> store)
    {
        var (add, remove) = keeper.Unsaved();
        foreach (var chunk in add)
            store[chunk.Number] = chunk;
        foreach (var number in remove)
            Assert.True(store.Remove(number), $"{number} was not in the store");
        keeper.Saved();
        Assert.False(keeper.IsDirty);
    }
}
