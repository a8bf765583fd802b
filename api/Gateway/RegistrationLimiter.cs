using System.Net;
using System.Net.Sockets;

namespace Outrider.Api.Gateway;

/// <summary>
/// Counts failed registrations by remote network within a minute, so that guessing is slow; registrations that succeed are never counted.
/// Thread-safe.
/// </summary>
public sealed class RegistrationLimiter(int perMinute)
{
    /// <summary>Networks remembered; when there are more, all are forgotten, which costs less than memory without end.</summary>
    private const int MaxNetworks = 100_000;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (DateTimeOffset Since, int Count)> _failures = [];

    /// <summary>How long this address must wait; null: it may try.</summary>
    public TimeSpan? Wait(IPAddress address, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_failures.TryGetValue(Network(address), out var failures) || failures.Count < perMinute || now - failures.Since >= s_window)
                return null;
            return failures.Since + s_window - now;
        }
    }

    /// <summary>A registration from this address has failed.</summary>
    public void Failed(IPAddress address, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_failures.Count >= MaxNetworks)
                _failures.Clear();
            var network = Network(address);
            var known = _failures.TryGetValue(network, out var failures) && now - failures.Since < s_window;
            _failures[network] = known ? (failures.Since, failures.Count + 1) : (now, 1);
        }
    }

    /// <summary>An IPv6 host owns its /64 network, an IPv4 host its address.</summary>
    private static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
