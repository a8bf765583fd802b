using Outrider.Grains.Mcp;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Silo.OrleansClient.Observers;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>The end that holds the streams.</summary>
internal sealed class McpStreamObserver(LocalObjects<IMcpStream> streams) : IMcpStreamObserver
{
    public Task<Outcome<Done>> ReceiveAsync(string stream, Caller caller, byte[] message) => streams.Find(stream).ReceiveAsync(caller, message);
}
