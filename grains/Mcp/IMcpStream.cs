using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Mcp;

/// <summary>
/// An open event stream of the older MCP transport (HTTP with SSE, revision 2024-11-05), on the node that holds it. The messages of its
/// client may come in at any node.
/// </summary>
public interface IMcpStream : IGrainObserver
{
    /// <summary>Takes a message of the client, whose answer then comes over the stream; <c>not_found</c> when the stream is ending.</summary>
    /// <param name="caller">As the request that brought the message proved it; the stream's owner.</param>
    /// <param name="message">One JSON-RPC message as UTF-8, already checked to be one.</param>
    Task<Outcome<Done>> ReceiveAsync(Caller caller, byte[] message);
}
