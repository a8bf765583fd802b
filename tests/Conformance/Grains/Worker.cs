using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

public class Worker(GrainContext context) : Grain(context), IWorker
{
    private readonly List<int> _numbers = [];
    private int _turns;
    private int _inside;

    private Stage Stage => Stage.Of(Key);

    public override async Task OnActivateAsync(CancellationToken cancellation)
    {
        // Fails as often as the test has asked for.
        if (Stage.Log.Count("fail activation") > Stage.Log.Count("activation failed"))
        {
            Stage.Log.Record("activation failed");
            throw new InvalidOperationException("no activation today");
        }
        await Task.Yield();
        Stage.Log.Record("activated");
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation)
    {
        Stage.Log.Record($"deactivated {reason}");
        return Task.CompletedTask;
    }

    public async Task HoldAsync(string name, CancellationToken cancellation)
    {
        Stage.Log.Record($"start {name}");
        try
        {
            await Stage.PassAsync(name, cancellation);
        }
        catch (OperationCanceledException)
        {
            Stage.Log.Record($"cancelled {name}");
            throw;
        }
        Stage.Log.Record($"end {name}");
    }

    public async Task HoldDeafAsync(string name)
    {
        Stage.Log.Record($"start {name}");
        await Stage.PassAsync(name, CancellationToken.None);
        Stage.Log.Record($"end {name}");
    }

    public async ValueTask AppendAsync(int number)
    {
        if (number % 3 == 0)
            await Task.Yield();
        _numbers.Add(number);
    }

    public ValueTask<List<int>> NumbersAsync() => new([.. _numbers]);

    public Task<int> CallAsync(string other) => Context.Grains.Get<IWorker>(other).CallBackAsync(Key);

    public Task<int> CallBackAsync(string caller)
    {
        var call = Context.Grains.Get<IWorker>(caller).TurnAsync();
        Stage.Log.Record("called back");
        return call;
    }

    public async Task<int> FanOutAsync(int branches)
    {
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, branches).Select(async i =>
        {
            for (var hop = 0; hop < 10; hop++)
            {
                // Ends on some thread of the pool, and comes back here.
                await Task.Run(() => i);
                most = Math.Max(most, Interlocked.Increment(ref _inside));
                Thread.SpinWait(200);
                Interlocked.Decrement(ref _inside);
            }
        }));
        return most;
    }

    public Task<Parcel> EchoAsync(Parcel parcel) => Task.FromResult(parcel);

    public ValueTask<string?> EchoNothingAsync(string? text) => new(text);

    public Task<int> SumAsync(int a, long b, string c, byte[] d, int? e, Colour f, List<int> g) =>
        Task.FromResult(a + (int)b + c.Length + d.Length + (e ?? 0) + (int)f + g.Sum());

    public async Task FailAsync(string message, bool afterAwait)
    {
        if (afterAwait)
            await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public Task<int> TurnAsync() => Task.FromResult(++_turns);

    public Task DeactivateAsync()
    {
        Context.Deactivate();
        return Task.CompletedTask;
    }
}
