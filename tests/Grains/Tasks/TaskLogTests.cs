using System.Text;
using System.Threading.Channels;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing;
using static Outrider.Tests.Grains.Tasks.TaskWorld;

namespace Outrider.Tests.Grains.Tasks;

public sealed class TaskLogTests : IAsyncLifetime
{
    private TaskWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await StartAsync();
        await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await _world.Task("t1").ReportAsync("a", new TaskReport("t1", 1, TaskStatuses.Running));
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task TakeLog_InOrderAndAgain_IsKeptOnce()
    {
        Assert.Equal(2u, (await TakeAsync(Chunk(0, 0, "one "), Chunk(1, 4, "two "))).Value);
        Assert.Equal(3u, (await TakeAsync(Chunk(1, 4, "two "), Chunk(2, 8, "three"))).Value);
        await _world.Task("t1").CompleteAsync("a", End("t1"));
        Assert.Equal("one two three", await KeptAsync());
    }

    [Fact]
    public async Task TakeLog_MoreThanIsKept_KeepsBeginningAndEnd()
    {
        const int Bytes = 60 * 1024;
        const int Chunks = 40;
        for (var n = 0; n < Chunks; n++)
        {
            await TakeAsync(Chunk((uint)n, (long)n * Bytes, new string((char)('A' + (n % 26)), Bytes)));
            if (n % 7 == 0)
                _world.Time.Advance(TimeSpan.FromSeconds(2));
        }
        await _world.Task("t1").CompleteAsync("a", End("t1"));
        var kept = await _world.Store.ReadLogAsync(Tenant, "t1", null, 1_000, CancellationToken.None);
        var head = kept.Where(chunk => chunk.Chunk.Offset < TaskLimits.KeptHead).Select(chunk => chunk.Chunk.Number).ToList();
        Assert.Equal(Enumerable.Range(0, head.Count).Select(n => (uint)n), head);
        Assert.True(head.Count * Bytes >= TaskLimits.KeptHead);
        var tail = kept.Skip(head.Count).ToList();
        Assert.Equal((uint)Chunks - 1, tail[^1].Chunk.Number);
        Assert.InRange(tail.Sum(chunk => chunk.Chunk.Bytes.Length), TaskLimits.KeptTail, TaskLimits.KeptTail + 2 * Bytes);
    }

    [Fact]
    public async Task Watch_FromTheMiddle_TellsWhatIsKeptFromThereThenWhatComesThenTheEnd()
    {
        await TakeAsync(Chunk(0, 0, "a"), Chunk(1, 1, "b"));
        var watcher = new Watcher();
        var reference = _world.Host.Host.Observers.Register<ITaskWatcher>(watcher);
        Assert.True((await _world.Task("t1").WatchAsync(reference, log: true, seen: 1)).Ok);
        await TakeAsync(Chunk(2, 2, "c"));
        await _world.Task("t1").CompleteAsync("a", End("t1"));

        var text = "";
        TaskNews news;
        do
        {
            news = await watcher.NextAsync();
            text += string.Concat(LogChunkCodec.Split(news.Chunks).Value!.Select(chunk => Encoding.UTF8.GetString(chunk.Bytes.Span)));
            Assert.False(news.Gap);
        }
        while (!news.Task.HasEnded);
        Assert.Equal("bc", text);
    }

    [Fact]
    public async Task Watch_SlowWatcher_GetsAGapAndNotTheMemoryOfTheCentre()
    {
        var watcher = new Watcher { Holds = new TaskCompletionSource() };
        var reference = _world.Host.Host.Observers.Register<ITaskWatcher>(watcher);
        await _world.Task("t1").WatchAsync(reference, log: true, seen: 0);
        for (var n = 0; n < 40; n++)
            await TakeAsync(Chunk((uint)n, n * 50_000L, new string('x', 50_000)));
        watcher.Holds.SetResult();
        watcher.Holds = null;
        var told = await watcher.NextAsync();
        told = told.Gap ? told : await watcher.NextAsync();
        Assert.True(told.Gap);
        Assert.InRange(told.Chunks.Length, 1, 1_200_000);
        Assert.Equal(39u, LogChunkCodec.Split(told.Chunks).Value![^1].Number);
    }

    [Fact]
    public async Task Reconcile_AfterACrash_GoesOnAfterWhatWasSaved()
    {
        await TakeAsync(Chunk(0, 0, "a"), Chunk(1, 1, "b"));
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        await _world.UntilAsync("t1", _ => _world.Store.ReadLogAsync(Tenant, "t1", null, 10, CancellationToken.None).AsTask().Result.Count == 2);
        await TakeAsync(Chunk(2, 2, "lost with the centre"));
        await _world.Host.CrashAsync();
        var link = await _world.LinkAsync("a");
        await _world.TasksOf("a").ReconcileAsync([new TaskReport("t1", 1, TaskStatuses.Running)], link.Reference);
        Assert.Equal(new TaskLog("t1", 1, 2), (await link.NextAsync()).Log);
    }

    /// <summary>What came and wasn't saved must not outlive the task: nobody would ever remove it.</summary>
    [Fact]
    public async Task Delete_WithUnsavedOutput_LeavesNothingOfTheLog()
    {
        await TakeAsync(Chunk(0, 0, "not saved yet"));
        Assert.True((await _world.Task("t1").DeleteAsync("key-2", force: true)).Ok);
        await _world.Host.RestartAsync();
        Assert.Empty(await _world.Store.ReadLogAsync(Tenant, "t1", null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task TakeLog_OfAnotherAttempt_IsRefused() =>
        Assert.Equal(ProblemCodes.TaskNotFound, (await _world.Task("t1").TakeLogAsync("a", 2, LogChunkCodec.Join([Chunk(0, 0, "x")]))).Problem?.Code);

    private static LogChunk Chunk(uint number, long offset, string text) => new(number, TaskStream.Stdout, 1, offset, Encoding.UTF8.GetBytes(text));

    private Task<Outcome<uint>> TakeAsync(params LogChunk[] chunks) => _world.Task("t1").TakeLogAsync("a", 1, LogChunkCodec.Join(chunks));

    private async Task<string> KeptAsync() => string.Concat(
        (await _world.Store.ReadLogAsync(Tenant, "t1", null, 1_000, CancellationToken.None)).Select(chunk => Encoding.UTF8.GetString(chunk.Chunk.Bytes.Span)));

    private sealed class Watcher : ITaskWatcher
    {
        private readonly Channel<TaskNews> _news = Channel.CreateUnbounded<TaskNews>();

        public TaskCompletionSource? Holds { get; set; }

        public async Task TakeAsync(TaskNews news)
        {
            if (Holds is { } held)
                await held.Task;
            _news.Writer.TryWrite(news);
        }

        public async Task<TaskNews> NextAsync() => await _news.Reader.ReadAsync().AsTask().WaitAsync(TestTimeouts.Default);
    }
}
