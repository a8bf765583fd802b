using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Outrider.Notifiers.Http;

/// <summary>
/// Connects to receivers. A name is looked up once and what is connected to is what was looked at, so that it can't mean something else a
/// moment later.
/// </summary>
internal sealed class Connector(AddressRules rules)
{
    /// <exception cref="AddressRefusedException">The name means an address that nothing is sent to.</exception>
    /// <exception cref="SocketException">It can't be reached.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the socket.")]
    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancellation);
        foreach (var address in addresses)
        {
            if (rules.Refusal(address) is { } refusal)
                throw new AddressRefusedException($"Nothing is sent to {address}: {refusal}.");
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
