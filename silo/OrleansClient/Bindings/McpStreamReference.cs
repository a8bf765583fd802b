using Outrider.Grains.Mcp;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>The end that hands a message to one.</summary>
internal sealed class McpStreamReference(IMcpStreamObserver holder, string stream) : IMcpStream
{
    public Task<Outcome<Done>> ReceiveAsync(Caller caller, byte[] message) => holder.ReceiveAsync(stream, caller, message);
}
