using Orleans.Concurrency;
using Outrider.Grains.Mcp;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>All <see cref="IMcpStream"/> of one process; the first parameter says which.</summary>
public interface IMcpStreamObserver : Orleans.IGrainObserver
{
    [AlwaysInterleave]
    Task<Outcome<Done>> ReceiveAsync(string stream, Caller caller, byte[] message);
}
