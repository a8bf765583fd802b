using System.Threading.Channels;

namespace Outrider.Bench.Grains;

/// <summary>The peer: the least an actor can be. A channel and one task that reads it; no keys, deadlines, state or order of turns.</summary>
internal sealed class ChannelActor
{
    private readonly Channel<(long Amount, TaskCompletionSource<long> Answer)> _calls =
        Channel.CreateUnbounded<(long, TaskCompletionSource<long>)>(new UnboundedChannelOptions { SingleReader = true });
    private long _total;

    public ChannelActor() => _ = RunAsync();

    public ValueTask<long> AddAsync(long amount)
    {
        var answer = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Writer.TryWrite((amount, answer));
        return new ValueTask<long>(answer.Task);
    }

    public void Stop() => _calls.Writer.Complete();

    private async Task RunAsync()
    {
        await foreach (var (amount, answer) in _calls.Reader.ReadAllAsync())
            answer.SetResult(_total += amount);
    }
}
