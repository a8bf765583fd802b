using Outrider.Protocol.Link;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Gateway;

/// <summary>What the gateway allows. The protocol's own numbers are in <see cref="LinkProtocol"/>.</summary>
public sealed class GatewayOptions
{
    /// <summary>Most links at once; more are answered 503.</summary>
    public int MaxLinks { get; set; } = 10_000;

    /// <summary>Most sockets at once that have not registered yet; more are answered 503.</summary>
    public int MaxUnregistered { get; set; } = 1_000;

    /// <summary>How long a socket may take to register.</summary>
    public TimeSpan RegistrationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Failed registrations that one remote address (IPv6: /64 network) may make in a minute; then 429.</summary>
    public int FailedRegistrationsPerMinute { get; set; } = 30;

    /// <summary>How often the Agent grain hears that a link lives.</summary>
    public TimeSpan PulseInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a link that is being closed may still take, for the peer to read why.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Most bytes of payload of one task, whatever its own limit says.</summary>
    public long MaxPayloadBytes { get; set; } = TaskPayload.MaxBytes;

    /// <summary>Most bytes that payloads of tasks and metric batches that wait hold together at this gateway.</summary>
    public long PayloadBudgetBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How much longer than its own time limit a task may take before the centre gives it up.</summary>
    public TimeSpan TaskGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Capabilities this centre knows how to use.</summary>
    public List<string> Capabilities { get; set; } = [TaskTypes.Sql, LinkProtocol.Metrics, LinkProtocol.Tasks, LinkProtocol.Files, .. TaskTypes.All];
}
