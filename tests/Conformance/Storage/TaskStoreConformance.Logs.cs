using System.Text;
using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Conformance.Storage;

public abstract partial class TaskStoreConformance
{
    [Fact]
    public async Task Log_OfSeveralAttempts_IsReadByAttemptThenNumber_PageByPage()
    {
        foreach (var attempt in new[] { 10, 2, 1 })
            await Store.SaveLogAsync(Tenant, "a", attempt, [.. new uint[] { 3, uint.MaxValue, 0, 11 }.Select(number => Chunk(number, $"{attempt}/{number}"))], [], default);
        await Store.SaveLogAsync(Tenant, "b", 1, [Chunk(0, "of another task")], [], default);

        var (read, after) = (new List<string>(), (LogPosition?)null);
        while (await Store.ReadLogAsync(Tenant, "a", after, 5, default) is { Count: > 0 and <= 5 } page)
        {
            read.AddRange(page.Select(Text));
            after = new LogPosition(page[^1].Attempt, page[^1].Chunk.Number);
        }
        Assert.Equal(new[] { 1, 2, 10 }.SelectMany(attempt => new uint[] { 0, 3, 11, uint.MaxValue }.Select(number => $"{attempt}/{number}")), read);
        Assert.Equal(
            [0, 3, 11, uint.MaxValue], (await Store.ReadLogEntriesAsync(Tenant, "a", 2, default)).Select(entry => entry.Number));
    }

    [Fact]
    public async Task Log_EveryByte_IsKeptWithWhatIsSaidOfIt()
    {
        var bytes = Enumerable.Range(0, TaskLimits.ChunkBytes).Select(i => (byte)i).ToArray();
        var chunk = new LogChunk(5, TaskStream.Stderr, long.MaxValue, 1L << 40, bytes);
        await Store.SaveLogAsync(Tenant, "a", 1, [chunk, new LogChunk(6, TaskStream.Note, 0, 0, default)], [], default);
        Store = await ReopenAsync();

        var read = await Store.ReadLogAsync(Tenant, "a", null, 10, default);
        Assert.Equal(chunk with { Bytes = default }, read[0].Chunk with { Bytes = default });
        Assert.Equal(bytes, read[0].Chunk.Bytes.ToArray());
        Assert.Equal(
            [ChunkEntry.Of(chunk), new ChunkEntry(6, TaskStream.Note, 0, 0)], await Store.ReadLogEntriesAsync(Tenant, "a", 1, default));
    }

    [Fact]
    public async Task SaveLog_AddsReplacesAndRemovesInOne()
    {
        await Store.SaveLogAsync(Tenant, "a", 1, [Chunk(0, "0"), Chunk(1, "1"), Chunk(2, "2")], [], default);
        await Store.SaveLogAsync(Tenant, "a", 2, [Chunk(0, "second")], [], default);
        await Store.SaveLogAsync(Tenant, "a", 1, [Chunk(2, "two"), Chunk(3, "3")], [0, 1, 9], default);
        await Store.SaveLogAsync(Tenant, "a", 1, [], [], default);

        Assert.Equal(["two", "3", "second"], (await Store.ReadLogAsync(Tenant, "a", null, 10, default)).Select(Text));
    }

    [Fact]
    public async Task SaveLog_OfManyTasksAtOnce_LosesNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async task =>
        {
            for (uint i = 0; i < 20; i++)
                await Store.SaveLogAsync(Tenant, $"{task}", 1, [Chunk(i, $"{i}")], i < 10 ? [] : [i - 10], default);
        }));

        for (var task = 0; task < 32; task++)
            Assert.Equal(Enumerable.Range(10, 10).Select(i => $"{i}"), (await Store.ReadLogAsync(Tenant, $"{task}", null, 100, default)).Select(Text));
    }

    protected static LogChunk Chunk(uint number, string text) => new(number, TaskStream.Stdout, 1, number, Encoding.UTF8.GetBytes(text));

    private static string Text(StoredChunk stored) => Encoding.UTF8.GetString(stored.Chunk.Bytes.Span);
}
