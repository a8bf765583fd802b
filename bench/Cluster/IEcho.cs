using Outrider.Grains.Runtime;

namespace Outrider.Bench.Cluster;

/// <summary>A contract of ours.</summary>
public interface IEcho : Outrider.Grains.Runtime.IGrain
{
    Task PingAsync();

    Task<byte[]> BytesAsync(byte[] bytes);

    Task<Message> MessageAsync(Message message);
}
