using System.Net;
using System.Net.Sockets;
using Outrider.Protocol.Hosts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy.Hosts;

/// <summary>
/// Nothing is reachable unless it is listed, and what is denied isn't though it is listed. A name has to be listed as a name; each address
/// it has must be public, listed as a range, or meant by <c>private</c>. One address that mustn't be reached makes the name one that isn't.
/// </summary>
/// <param name="policy">The lists, without a fault.</param>
/// <param name="lookUp">Gives a name's addresses; null: the system's resolver.</param>
public sealed class HostRules(HostsPolicy policy, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null) : IHostRules
{
    private const string Localhost = "localhost";

    /// <summary>Names by which clouds' metadata services go, wherever they lead.</summary>
    private static readonly string[] s_metadata =
        ["metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal", "metadata.azure.internal", "metadata.tencentyun.com"];

    private readonly IReadOnlyList<HostPattern> _allowed = policy.Allowed;
    private readonly IReadOnlyList<HostPattern> _denied = policy.Denied;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp = lookUp ?? Dns.GetHostAddressesAsync;

    public async ValueTask<Outcome<IReadOnlyList<IPAddress>>> ResolveAsync(string host, int port, CancellationToken cancellation)
    {
        if (port is < 1 or > 65535)
            return new Problem(ProblemCodes.InvalidArgument, $"{port} is no port: 1 to 65535.");
        var parsed = HostName.Parse(host);
        if (!parsed.Ok)
            return parsed.Problem;
        var name = parsed.Value;
        if (name.Address is null && RefusedName(name.Text, port) is { } refused)
            return refused;
        IPAddress[] addresses;
        try
        {
            addresses = name.Address is { } literal ? [literal] : await _lookUp(name.Text, cancellation);
        }
        catch (SocketException e)
        {
            return new Problem(ProblemCodes.InvalidArgument, $"The host {name.Text} has no address: {e.Message}.");
        }
        if (addresses.Length == 0)
            return new Problem(ProblemCodes.InvalidArgument, $"The host {name.Text} has no address.");
        foreach (var address in addresses)
        {
            if (RefusedAddress(name, address, port) is { } problem)
                return problem;
        }
        return addresses;
    }

    private Problem? RefusedName(string name, int port) =>
        s_metadata.Contains(name) ? Refused("hosts.metadata", $"{name} is a cloud's metadata service, which no task may ask")
        : _denied.Any(pattern => pattern.Fits(name, port)) ? Refused("hosts.deny", $"{name}:{port} is on this agent's list of denied hosts")
        : !_allowed.Any(pattern => pattern.Fits(name, port)) ? Refused("hosts.allow", $"{name}:{port} is not on this agent's list of allowed hosts")
        : null;

    private Problem? RefusedAddress(HostName host, IPAddress address, int port)
    {
        var what = host.Address is null ? $"{host.Text} means {address}, which" : address.ToString();
        var kind = AddressKinds.Of(address);
        if (kind is AddressKind.Never)
            return Refused("hosts.metadata", $"{what} is a link-local or metadata address, which no task may reach");
        if (_denied.Any(pattern => pattern.Fits(address, port)))
            return Refused("hosts.deny", $"{what} is in a range on this agent's list of denied hosts");
        if (_allowed.Any(pattern => pattern.Fits(address, port)))
            return null;
        if (host.Address is not null)
            return Refused("hosts.allow", $"{what} is in no range on this agent's list of allowed hosts for port {port}");
        return kind is AddressKind.Public || MayBePrivate(host.Text, address, port)
            ? null
            : Refused("hosts.private", $"{what} is a private address; the owner of this machine would have to list its range, or the name with \"private\": true");
    }

    /// <summary>Whether the name is listed as one that means private addresses. That <c>localhost</c> does, and which, goes without saying.</summary>
    private bool MayBePrivate(string name, IPAddress address, int port) =>
        name == Localhost ? IPAddress.IsLoopback(address) : _allowed.Any(pattern => pattern.Private && pattern.Fits(name, port));

    private static Problem Refused(string rule, string message) => PolicyRefusal.Because(rule, message + ".");
}
