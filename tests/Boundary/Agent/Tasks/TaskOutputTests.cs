using System.Text;
using Outrider.Protocol.Tasks;
using static Outrider.Tests.Boundary.Agent.Tasks.TaskMachine;

namespace Outrider.Tests.Boundary.Agent.Tasks;

/// <summary>The output of running tasks on its way to the centre.</summary>
public sealed class TaskOutputTests : IAsyncLifetime
{
    private readonly TaskMachine _machine = new();
    private long _written;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _machine.DisposeAsync();

    [Fact]
    public async Task Write_ShortPieces_GatherForAMomentAndComeInOrder()
    {
        var engine = _machine.Start();
        _machine.Shell.Work = async (_, output, cancellation) =>
        {
            foreach (var (stream, text) in new[] { (TaskStream.Stdout, "a"), (TaskStream.Stdout, "b"), (TaskStream.Stderr, "c"), (TaskStream.Stdout, "d") })
                await output.WriteAsync(stream, Encoding.UTF8.GetBytes(text), cancellation);
        };
        var centre = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("t"));
        await UntilAsync(() => centre.Chunks("t").Count == 2);
        _machine.Time.Advance(TimeSpan.FromMilliseconds(100));
        await UntilAsync(() => centre.Chunks("t").Count == 3);
        Assert.Equal(
            [(0U, TaskStream.Stdout, 0L, "ab"), (1U, TaskStream.Stderr, 0L, "c"), (2U, TaskStream.Stdout, 2L, "d")],
            centre.Chunks("t").Select(chunk => (chunk.Number, chunk.Stream, chunk.Offset, Encoding.UTF8.GetString(chunk.Bytes.Span))));
    }

    [Fact]
    public async Task End_WithGatheredOutput_ComesAfterTheLastChunk()
    {
        var engine = _machine.Start();
        _machine.Shell.Work = async (_, output, cancellation) => await output.WriteAsync(TaskStream.Stdout, "last"u8.ToArray(), cancellation);
        var centre = ScriptedCentre.Link(engine);
        centre.TakesOutput = false;
        engine.Accept(NewTask("t"));
        _machine.Shell.Release("t");
        await UntilAsync(() => centre.EndOf("t") is not null);
        Assert.Equal("last"u8.ToArray(), centre.Output("t"));
        Assert.Equal(new LogTotals(1, 4), centre.EndOf("t")!.Log);
    }

    [Fact]
    public async Task Write_WindowIsFull_WaitsUntilTheCentreTakesMore()
    {
        var engine = _machine.Start();
        WriteChunks(100);
        var centre = ScriptedCentre.Link(engine);
        centre.TakesOutput = false;
        engine.Accept(NewTask("t"));
        await UntilAsync(() => centre.Chunks("t").Count == TaskLimits.ChunkWindow);
        Assert.Equal(TaskLimits.ChunkWindow, Interlocked.Read(ref _written));
        engine.Continue(new TaskLog("t", 1, 10));
        await UntilAsync(() => centre.Chunks("t").Count == TaskLimits.ChunkWindow + 10);
        Assert.Equal(TaskLimits.ChunkWindow + 10, Interlocked.Read(ref _written));
        centre.TakesOutput = true;
        engine.Continue(new TaskLog("t", 1, 20));
        await UntilAsync(() => centre.Chunks("t").Count == 100);
        Assert.Equal(Enumerable.Range(0, 100).Select(number => (uint)number), centre.Chunks("t").Select(chunk => chunk.Number));
        Assert.Equal(Enumerable.Range(0, 100).Select(number => (byte)number), centre.Chunks("t").Select(chunk => chunk.Bytes.Span[0]));
    }

    [Fact]
    public async Task Write_LinkIsLostWhileTheWindowIsFull_GoesOnWithoutWaiting()
    {
        var engine = _machine.Start();
        WriteChunks(100);
        var centre = ScriptedCentre.Link(engine);
        centre.TakesOutput = false;
        engine.Accept(NewTask("t"));
        await UntilAsync(() => centre.Chunks("t").Count == TaskLimits.ChunkWindow);
        await centre.CutAsync();
        await UntilAsync(() => Interlocked.Read(ref _written) == 100);
    }

    [Fact]
    public async Task Continue_OverTheNextLink_SendsFromThereOnAndNothingBefore()
    {
        var engine = _machine.Start();
        var goOn = new TaskCompletionSource();
        _machine.Shell.Work = async (_, output, cancellation) =>
        {
            await output.WriteAsync(TaskStream.Stdout, new byte[40_000], cancellation);
            await output.WriteAsync(TaskStream.Stdout, new byte[40_001], cancellation);
            await goOn.Task;
            await output.WriteAsync(TaskStream.Stdout, new byte[40_002], cancellation);
            _machine.Shell.Release("t");
        };
        var first = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("t"));
        await UntilAsync(() => first.Chunks("t").Count == 2);
        await first.CutAsync();
        goOn.SetResult();

        var second = ScriptedCentre.Link(engine);
        await UntilAsync(() => second.Of("t")?.Status == TaskReport.Ended);
        Assert.Empty(second.Chunks("t"));
        Assert.Empty(second.Ends);
        engine.Continue(new TaskLog("t", 1, 1));
        await UntilAsync(() => second.EndOf("t") is not null);
        Assert.Equal([40_001, 40_002], second.Chunks("t").Select(chunk => chunk.Bytes.Length));
    }

    [Fact]
    public async Task Write_MuchWithoutALink_KeepsHeadAndTailAndCountsTheRest()
    {
        const int Chunks = 200;
        var engine = _machine.Start();
        WriteChunks(Chunks);
        engine.Accept(NewTask("t"));
        await UntilAsync(() => Interlocked.Read(ref _written) == Chunks);
        _machine.Shell.Release("t");
        var centre = ScriptedCentre.Link(engine);
        engine.Continue(new TaskLog("t", 1, 0));
        await UntilAsync(() => centre.EndOf("t") is not null);
        Assert.Equal(new LogTotals(Chunks, Chunks * (long)TaskLimits.ChunkBytes), centre.EndOf("t")!.Log);
        var numbers = centre.Chunks("t").Select(chunk => (int)chunk.Number).ToList();
        Assert.Equal(Enumerable.Range(0, 9), numbers.Take(9));
        Assert.Equal(Chunks - 1, numbers[^1]);
        Assert.InRange(numbers.Count, 18, 30);
        Assert.All(centre.Chunks("t"), chunk => Assert.Equal(chunk.Number * (long)TaskLimits.ChunkBytes, chunk.Offset));
    }

    [Fact]
    public async Task Write_GigabytesToACentreThatTakesThem_HoldsLittleMemory()
    {
        const int Chunks = 8_000;
        var engine = _machine.Start();
        var centre = new CountingCentre(engine);
        using var over = new CancellationTokenSource();
        var serving = engine.ServeAsync(centre, over.Token);
        WriteChunks(Chunks);
        engine.Accept(NewTask("t"));
        await UntilAsync(() => centre.Bytes > 50_000_000);
        var before = GC.GetTotalAllocatedBytes();
        await UntilAsync(() => centre.Bytes == Chunks * (long)TaskLimits.ChunkBytes);
        // Some hundred bytes a chunk, none of them the chunk's own.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, Chunks * 8_192L);
        await over.CancelAsync();
        await serving;
    }

    private void WriteChunks(int count) => _machine.Shell.Work = async (_, output, cancellation) =>
    {
        // The same bytes again: the output has taken its own.
        var bytes = new byte[TaskLimits.ChunkBytes];
        for (var number = 0; number < count; number++)
        {
            bytes[0] = (byte)number;
            await output.WriteAsync(TaskStream.Stdout, bytes, cancellation);
            Interlocked.Increment(ref _written);
        }
    };
}
