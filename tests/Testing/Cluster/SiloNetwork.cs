using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Outrider.Testing.Processes;

namespace Outrider.Testing.Cluster;

/// <summary>
/// A network of its own on this machine: a namespace per silo, joined by a bridge. It can be split. Linux, root and iproute2 only.
/// </summary>
public sealed class SiloNetwork : IAsyncDisposable
{
    private readonly string _name = $"or{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"10.{RandomNumberGenerator.GetInt32(64, 250)}.{RandomNumberGenerator.GetInt32(1, 250)}");
    private readonly List<NetworkPlace> _places = [];
    private TcpRelay? _database;

    private SiloNetwork()
    {
    }

    public IReadOnlyList<NetworkPlace> Places => _places;

    /// <summary>Where silos reach the database; callers and agents come from another address.</summary>
    public IPAddress DatabaseAddress => IPAddress.Parse($"{_prefix}.254");

    /// <summary>Why there can be no such network here; null: there can.</summary>
    public static string? Obstacle()
    {
        var name = $"or{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        try
        {
            foreach (var verb in new[] { "add", "del" })
            {
                using var ip = Process.Start(new ProcessStartInfo("ip", ["netns", verb, name]) { RedirectStandardError = true })!;
                var error = ip.StandardError.ReadToEnd();
                ip.WaitForExit();
                if (ip.ExitCode != 0)
                    return $"Network namespaces can't be made here; that takes root: {error.Trim()}";
            }
            return null;
        }
        catch (Win32Exception e)
        {
            return $"Network namespaces can't be made here; that takes iproute2: {e.Message}";
        }
    }

    public static async Task<SiloNetwork> CreateAsync(int places)
    {
        var network = new SiloNetwork();
        try
        {
            await network.BuildAsync(places);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets silos reach a server on this machine's loopback; returns the port at <see cref="DatabaseAddress"/>.</summary>
    public int OpenDatabase(int loopbackPort)
    {
        _database = TcpRelay.Start(DatabaseAddress, () => [new IPEndPoint(IPAddress.Loopback, loopbackPort)]);
        return _database.EndPoint.Port;
    }

    /// <summary>Cuts one silo off from the others and from the database; callers and agents still reach it.</summary>
    public Task SplitAsync(int silo) => RouteAsync("add", silo);

    /// <summary>Mends what <see cref="SplitAsync"/> cut.</summary>
    public Task MendAsync(int silo) => RouteAsync("del", silo);

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        foreach (var place in _places)
            await TryAsync("netns", "del", place.Namespace);
        await TryAsync("link", "del", _name);
    }

    private async Task BuildAsync(int places)
    {
        await IpAsync("link", "add", _name, "type", "bridge");
        await IpAsync("address", "add", $"{_prefix}.1/24", "dev", _name);
        await IpAsync("address", "add", $"{DatabaseAddress}/24", "dev", _name);
        await IpAsync("link", "set", _name, "up");
        for (var i = 0; i < places; i++)
        {
            var place = new NetworkPlace($"{_name}-{i}", IPAddress.Parse($"{_prefix}.{i + 11}"));
            await IpAsync("netns", "add", place.Namespace);
            _places.Add(place);
            await IpAsync("link", "add", $"{_name}v{i}", "type", "veth", "peer", "name", "eth0", "netns", place.Namespace);
            await IpAsync("link", "set", $"{_name}v{i}", "master", _name, "up");
            await IpAsync("-n", place.Namespace, "address", "add", $"{place.Address}/24", "dev", "eth0");
            await IpAsync("-n", place.Namespace, "link", "set", "eth0", "up");
            await IpAsync("-n", place.Namespace, "link", "set", "lo", "up");
        }
    }

    // What the silo sends there vanishes, so answers to what comes from there vanish too.
    private async Task RouteAsync(string verb, int silo)
    {
        foreach (var address in _places.Where((_, i) => i != silo).Select(place => place.Address).Append(DatabaseAddress))
            await IpAsync("-n", _places[silo].Namespace, "route", verb, "blackhole", $"{address}/32");
    }

    private static Task<string> IpAsync(params string[] arguments) => ChildProcess.RunAsync("ip", arguments);

    private static async Task TryAsync(params string[] arguments)
    {
        try
        {
            await IpAsync(arguments);
        }
        catch (InvalidOperationException)
        {
            // It wasn't made.
        }
    }
}
