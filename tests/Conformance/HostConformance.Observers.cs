using Outrider.Testing.Time;
using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Conformance;

public abstract partial class HostConformance
{
    private ICaller Caller => Host.Grains.Get<ICaller>(Key);

    [Fact]
    public async Task Observer_Attached_IsCalledBack()
    {
        var listener = new Listener();
        await Caller.AttachAsync(Host.Observers.Register<IListener>(listener));

        Assert.Equal("heard hello", await SoonAsync(Caller.TellAsync("hello", default)));
    }

    [Fact]
    public async Task Observer_Released_IsGone()
    {
        var reference = Host.Observers.Register<IListener>(new Listener());
        await Caller.AttachAsync(reference);
        Assert.Equal("heard a", await SoonAsync(Caller.TellAsync("a", default)));
        Host.Observers.Release(reference);

        Assert.Equal("gone", await SoonAsync(Caller.TellAsync("b", default)));
    }

    [Fact]
    public async Task Observer_OfAHostThatCrashed_IsGone()
    {
        var reference = Host.Observers.Register<IListener>(new Listener());
        await Host.CrashAsync();
        Host.Observers.Register<IListener>(new Listener());
        await Caller.AttachAsync(reference);

        Assert.Equal("gone", await SoonAsync(Caller.TellAsync("a", default)));
    }

    [Fact]
    public async Task Observer_Fails_ReachesTheGrainWithItsMessage()
    {
        await Caller.AttachAsync(Host.Observers.Register<IListener>(new Listener()));

        Assert.Contains("deaf", await SoonAsync(Caller.TellAsync("fail", default)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observer_ManyCallsAtOnce_EachIsHeardOnceAndAnswered()
    {
        var listener = new Listener();
        await Caller.AttachAsync(Host.Observers.Register<IListener>(listener));
        var texts = Enumerable.Range(0, 100).Select(i => $"{i}").ToList();

        Assert.Equal(texts.Select(text => $"heard {text}"), await SoonAsync(Caller.TellAllAsync(texts)));
        Assert.Equal(texts.Order(), listener.Log.Events.Order());
    }

    [Fact]
    public async Task Observer_NeverAnswers_FailsAtDeadline()
    {
        var listener = new Listener();
        await Caller.AttachAsync(Host.Observers.Register<IListener>(listener));
        var call = Caller.TellAsync("wait", default);
        await listener.Log.UntilAsync("wait");
        await Host.AdvanceAsync(Past(Host.CallDeadline));

        await Assert.ThrowsAsync<TimeoutException>(() => SoonAsync(call));
        await listener.Log.UntilAsync("stopped waiting");
        Assert.Equal("heard again", await SoonAsync(Caller.TellAsync("again", default)));
    }

    [Fact]
    public async Task Observer_MethodWithADeadlineOfItsOwn_FailsAtThatOne()
    {
        var listener = new Listener();
        var patient = Host.Observers.Get(Host.Observers.Register<IListener>(listener)).HearPatientlyAsync("wait", default);
        await listener.Log.UntilAsync("wait");
        await Host.AdvanceAsync(Past(Host.CallDeadline));
        Assert.False(patient.IsCompleted);
        await Host.AdvanceAsync(TimeSpan.FromSeconds(60) - Host.CallDeadline);

        await Assert.ThrowsAsync<TimeoutException>(() => SoonAsync(patient));
        await listener.Log.UntilAsync("stopped waiting");
    }

    [Fact]
    public async Task Observer_CallerCancels_IsCancelled()
    {
        using var caller = new CancellationTokenSource();
        var listener = new Listener();
        await Caller.AttachAsync(Host.Observers.Register<IListener>(listener));
        var call = Caller.TellAsync("wait", caller.Token);
        await listener.Log.UntilAsync("wait");
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SoonAsync(call));
        await listener.Log.UntilAsync("stopped waiting");
    }

    private sealed class Listener : IListener
    {
        public EventLog Log { get; } = new();

        public Task<string> HearPatientlyAsync(string text, CancellationToken cancellation) => HearAsync(text, cancellation);

        public async Task<string> HearAsync(string text, CancellationToken cancellation)
        {
            Log.Record(text);
            if (text == "fail")
                throw new InvalidOperationException("the listener is deaf");
            if (text != "wait")
                return $"heard {text}";
            var never = new TaskCompletionSource();
            try
            {
                await never.Task.WaitAsync(cancellation);
            }
            finally
            {
                Log.Record("stopped waiting");
            }
            return "never";
        }
    }
}
