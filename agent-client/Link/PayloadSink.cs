using Outrider.Agent.Executors;
using Outrider.Protocol.Link;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Link;

/// <summary>Sends a query's payload in numbered blocks.</summary>
internal sealed class PayloadSink(FrameSender sender, string task) : ITaskOutput
{
    private uint _number;

    /// <summary>Bytes sent.</summary>
    public long Sent { get; private set; }

    public async ValueTask WriteAsync(TaskStream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
        {
            var block = bytes[..Math.Min(bytes.Length, LinkProtocol.MaxBlockBytes)];
            if (!await sender.SendAsync(BlockKind.TaskPayload, task, _number, block, cancellation))
                throw new OperationCanceledException("The link is lost.");
            _number++;
            Sent += block.Length;
            bytes = bytes[block.Length..];
        }
    }
}
