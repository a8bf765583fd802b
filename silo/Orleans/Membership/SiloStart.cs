using System.Net;
using System.Net.Sockets;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Orleans.Configuration;
using Outrider.Silo.Orleans.Database;

namespace Outrider.Silo.Orleans.Membership;

/// <summary>Runs before Orleans: finds what would keep this silo from working while it can still be told in one line, and clears the way in.</summary>
internal sealed class SiloStart(
    SiloSettings options, ClusterDatabase database, IMembershipTable table, ILogger<StaleSilos> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Orleans would share a port with whoever has it.
        CheckFree(options.SiloAddress, options.SiloPort, "OUTRIDER_SILO_PORT");
        if (options.TrustedClients)
            CheckFree(options.SiloAddress, options.ClientPort, "OUTRIDER_CLIENT_PORT");
        if (IPAddress.TryParse(new Uri(options.Url).Host.Trim('[', ']'), out var address))
            CheckFree(address, new Uri(options.Url).Port, "OUTRIDER_PORT");
        await database.Migrator.CheckAsync(cancellationToken);
        await new StaleSilos(table, new IPEndPoint(options.SiloAddress, options.SiloPort), options.Time, log).ClearAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void CheckFree(IPAddress address, int port, string variable)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new CentreException($"Another program listens on {address}:{port}. Stop it, or choose another port ({variable}).", e);
        }
        catch (SocketException e)
        {
            throw new CentreException($"This machine can't listen on {address}:{port}: {e.Message}. Name an address of its own (OUTRIDER_SILO_ADDRESS).", e);
        }
    }
}
