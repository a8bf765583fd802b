using Orleans.Placement;

namespace Outrider.Bench.Cluster;

[PreferLocalPlacement]
public sealed class PlainEchoGrain : Grain, IPlainEchoGrain
{
    public Task PingAsync() => Task.CompletedTask;

    public Task<byte[]> BytesAsync(byte[] bytes) => Task.FromResult(bytes);

    public Task<Reading> MessageAsync(Reading message) => Task.FromResult(message);

    public Task<Message> JsonAsync(Message message) => Task.FromResult(message);
}
