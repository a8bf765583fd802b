using Outrider.Grains.Runtime;

namespace Outrider.Bench.Cluster;

public class Echo(GrainContext context) : Outrider.Grains.Runtime.Grain(context), IEcho
{
    public Task PingAsync() => Task.CompletedTask;

    public Task<byte[]> BytesAsync(byte[] bytes) => Task.FromResult(bytes);

    public Task<Message> MessageAsync(Message message) => Task.FromResult(message);
}
