using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded;
using Outrider.Storage.InMemory;
using Outrider.Testing;
using Outrider.Testing.Hosting;
using Outrider.Tests.Conformance;
using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Grains.Runtime;

/// <summary>What is the embedded host's own, beyond what every host promises.</summary>
public sealed class EmbeddedHostTests
{
    public interface IReturnsInt : IGrain
    {
        int Count();
    }

    public interface IHasProperty : IGrain
    {
        Task<int> Count { get; }
    }

    public interface IHasTypeParameter : IGrain
    {
        Task EchoAsync<T>(T value);
    }

    public interface IHasOut : IGrain
    {
        Task ReadAsync(out int value);
    }

    public interface ITokenFirst : IGrain
    {
#pragma warning disable CA1068 // Tokens come last: the broken rule under test
        Task RunAsync(CancellationToken cancellation, int value);
#pragma warning restore CA1068
    }

    public interface IEightParameters : IGrain
    {
        Task RunAsync(int a, int b, int c, int d, int e, int f, int g, int h);
    }

    internal interface IInternal : IGrain
    {
        Task RunAsync();
    }

    [Theory]
    [InlineData(typeof(IReturnsInt), "Return Task")]
    [InlineData(typeof(IHasProperty), "methods only")]
    [InlineData(typeof(IHasTypeParameter), "type parameters")]
    [InlineData(typeof(IHasOut), "ref, out")]
    [InlineData(typeof(ITokenFirst), "last parameter")]
    [InlineData(typeof(IEightParameters), "into a record")]
    [InlineData(typeof(IInternal), "make it public")]
    public void Add_ContractBreaksARule_IsRefusedWithWhatToChange(Type contract, string words)
    {
        var add = typeof(EmbeddedHostTests).GetMethod(nameof(Add), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.MakeGenericMethod(contract);

        var refusal = Assert.Throws<System.Reflection.TargetInvocationException>(() => add.Invoke(null, null)).InnerException;

        Assert.Contains(words, Assert.IsType<ArgumentException>(refusal).Message);
    }

    private static void Add<T>() where T : class, IGrain => new GrainRegistry().Add<T>("x", _ => null!);

    [Fact]
    public void Add_NameOrContractTwice_IsRefused()
    {
        var registry = EmbeddedFixture.Registry();

        Assert.Throws<ArgumentException>(() => registry.Add<IInternalNeighbour>(GrainNames.Worker, _ => null!));
        Assert.Throws<ArgumentException>(() => registry.Add<IWorker>("another", a => new Worker(a.Context)));
    }

    public interface IInternalNeighbour : IGrain
    {
        Task RunAsync();
    }

    [Fact]
    public async Task Get_NotRegistered_SaysWhatToDo()
    {
        await using var host = await TestHost.StartAsync(EmbeddedFixture.Registry());

        var failure = Assert.Throws<InvalidOperationException>(() => host.Host.Grains.Get<IInternalNeighbour>("k"));

        Assert.Contains("GrainRegistry", failure.Message);
    }

    [Fact]
    public async Task Call_MailboxFull_IsRefusedAtOnce()
    {
        await using var host = await TestHost.StartAsync(EmbeddedFixture.Registry(), change: o => o with { MailboxLimit = 3 });
        var worker = host.Host.Grains.Get<IWorker>("mailbox-full");
        var running = worker.HoldDeafAsync("a");
        await Stage.Of("mailbox-full").Log.UntilAsync("start a");
        var waiting = Enumerable.Range(0, 3).Select(_ => worker.TurnAsync()).ToList();

        var refusal = await Assert.ThrowsAsync<MailboxFullException>(() => worker.TurnAsync());

        Assert.Contains("mailbox-full", refusal.Message);
        Assert.Equal(1, host.Host.Counters.MailboxRefusals);
        Stage.Of("mailbox-full").Open("a");
        await Task.WhenAll([running, .. waiting]).WaitAsync(TestTimeouts.Default);
    }

    [Fact]
    public async Task Stop_TurnHangs_DropsItAfterTheGrace()
    {
        await using var host = await TestHost.StartAsync(EmbeddedFixture.Registry());
        var hanging = host.Host.Grains.Get<IWorker>("stop-hangs").HoldDeafAsync("a");
        await Stage.Of("stop-hangs").Log.UntilAsync("start a");
        var timers = host.Time.WaitingTimers;
        var stop = host.Host.StopAsync();
        await host.Time.UntilTimersWaitAsync(timers + 1).WaitAsync(TestTimeouts.Default);
        host.Time.Advance(TimeSpan.FromSeconds(11));

        await stop.WaitAsync(TestTimeouts.Default);
        await Assert.ThrowsAsync<HostStoppedException>(() => hanging.WaitAsync(TestTimeouts.Default));
    }

    [Fact]
    public async Task Call_AfterStop_FailsClearly()
    {
        await using var host = await TestHost.StartAsync(EmbeddedFixture.Registry());
        var worker = host.Host.Grains.Get<IWorker>("after-stop");
        await worker.TurnAsync();
        await host.Host.StopAsync();

        await Assert.ThrowsAsync<HostStoppedException>(() => worker.TurnAsync().WaitAsync(TestTimeouts.Default));
    }

    [Fact]
    public async Task Activation_UsedNowAndThen_IsNotIdle()
    {
        await using var host = await TestHost.StartAsync(EmbeddedFixture.Registry());
        var worker = host.Host.Grains.Get<IWorker>("now-and-then");
        for (var turn = 1; turn <= 4; turn++)
        {
            Assert.Equal(turn, await worker.TurnAsync().WaitAsync(TestTimeouts.Default));
            host.Time.Advance(new EmbeddedHostOptions().IdleAfter / 2);
        }
    }

    [Fact]
    public async Task Calls_OneCaller_KeepsItsOrderAlsoWhileActivationsEnd()
    {
        // The calls that wait when an activation ends go to the next one, ahead of later calls.
        await using var host = await TestHost.StartAsync(EmbeddedFixture.Registry());
        var worker = host.Host.Grains.Get<IWorker>("order");
        var calls = new List<Task>();
        for (var number = 0; number < 300; number++)
        {
            if (number == 100)
                calls.Add(worker.DeactivateAsync());
            calls.Add(worker.AppendAsync(number).AsTask());
        }
        await Task.WhenAll(calls).WaitAsync(TestTimeouts.Default);

        Assert.Equal(Enumerable.Range(100, 200), await worker.NumbersAsync());
    }

    [Fact]
    public async Task Call_CallerCancelsBeforeItStarts_NeverStarts()
    {
        await using var host = await TestHost.StartAsync(EmbeddedFixture.Registry());
        using var caller = new CancellationTokenSource();
        var worker = host.Host.Grains.Get<IWorker>("cancelled");
        var running = worker.HoldAsync("a", default);
        await Stage.Of("cancelled").Log.UntilAsync("start a");
        var waiting = worker.HoldAsync("b", caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TestTimeouts.Default));
        Stage.Of("cancelled").Open("a");
        await running.WaitAsync(TestTimeouts.Default);
        await worker.TurnAsync().WaitAsync(TestTimeouts.Default);

        Assert.Equal(0, Stage.Of("cancelled").Log.Count("start b"));
    }

    [Fact]
    public async Task Call_OverdueBeforeItStarts_NeverStarts()
    {
        await using var host = await TestHost.StartAsync(EmbeddedFixture.Registry());
        var worker = host.Host.Grains.Get<IWorker>("overdue");
        var running = worker.HoldDeafAsync("a");
        await Stage.Of("overdue").Log.UntilAsync("start a");
        var waiting = worker.HoldAsync("b", default);
        host.Time.Advance(new EmbeddedHostOptions().CallDeadline * 2);
        await Assert.ThrowsAsync<TimeoutException>(() => running.WaitAsync(TestTimeouts.Default));
        await Assert.ThrowsAsync<TimeoutException>(() => waiting.WaitAsync(TestTimeouts.Default));
        Stage.Of("overdue").Open("a");
        await worker.TurnAsync().WaitAsync(TestTimeouts.Default);

        Assert.Equal(0, Stage.Of("overdue").Log.Count("start b"));
    }

    [Fact]
    public async Task Feed_SlowSubscriber_LosesExactlyWhatItsQueueCannotHold()
    {
        await using var host = await TestHost.StartAsync(EmbeddedFixture.Registry());
        var reader = host.Host.Grains.Get<IReader>("slow-reader");
        await reader.SubscribeAsync(heldItem: 1);
        await host.Host.Feeds.PublishAsync("news", "slow-reader", new FeedItem<string>(1, "x"));
        await Stage.Of("slow-reader").Log.UntilAsync("item 1");
        for (var number = 2; number <= 3_000; number++)
            await host.Host.Feeds.PublishAsync("news", "slow-reader", new FeedItem<string>(number, "x"));
        Stage.Of("slow-reader").Open("item 1");
        await Stage.Of("slow-reader").Log.UntilAsync("read 3000 x");

        var numbers = await reader.NumbersAsync().WaitAsync(TestTimeouts.Default);
        Assert.Equal(1_025, numbers.Count);
        Assert.Equal([1, 1_977], numbers[..2]);
    }

    [Fact]
    public async Task TwoHosts_OnOneStore_LoseNoAcknowledgedUpdate()
    {
        var states = new InMemoryStateStore();
        var reminders = new InMemoryReminderStore();
        await using var one = await EmbeddedFixture.StartAsync(states, reminders);
        await using var two = await EmbeddedFixture.StartAsync(states, reminders);
        var saved = 0L;
        var conflicts = 0L;
        var callers = new[] { one, two, one, two }.Select(host => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                try
                {
                    await host.Grains.Get<ILedger>("two-hosts").AddAsync(1);
                    Interlocked.Increment(ref saved);
                }
                catch (StateConflictException)
                {
                    Interlocked.Increment(ref conflicts);
                }
            }
        }));
        await Task.WhenAll(callers).WaitAsync(TestTimeouts.Default);

        await using var reader = await EmbeddedFixture.StartAsync(states, reminders);
        Assert.Equal(saved, await reader.Grains.Get<ILedger>("two-hosts").TotalAsync());
        Assert.Equal(800, saved + conflicts);
    }
}
