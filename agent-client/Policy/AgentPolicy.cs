using System.Text.Json;
using Outrider.Agent.Policy.Hosts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy;

/// <summary>
/// What this machine's owner lets the agent do: <c>policy.json</c> in the agent's folder. It wins over whatever the centre asks. Without
/// the file the defaults hold: read-only SQL within the standard limits, and measuring.
/// </summary>
/// <param name="Sql">Read-only SQL; null: the standard policy. <c>"sql": {"enabled": false}</c> makes it not exist here.</param>
/// <param name="Metrics">Measuring; null: the standard policy.</param>
/// <param name="Hosts">Which hosts tasks may name; null: none.</param>
/// <param name="Api">HTTP calls; null: none.</param>
/// <param name="K8s">Kubernetes; null: none.</param>
/// <param name="Databases">Databases that tasks may change; null: none.</param>
public sealed record AgentPolicy(
    SqlPolicy? Sql = null,
    MetricsPolicy? Metrics = null,
    HostsPolicy? Hosts = null,
    ApiPolicy? Api = null,
    KubernetesPolicy? K8s = null,
    DatabasesPolicy? Databases = null)
{
    private const long MaxBytes = 256 * 1024;

    public static AgentPolicy Default { get; } = new();

    /// <inheritdoc cref="AgentPolicy"/>
    public SqlPolicy Sql { get; init; } = Sql ?? new();

    /// <inheritdoc cref="AgentPolicy"/>
    public MetricsPolicy Metrics { get; init; } = Metrics ?? new();

    /// <inheritdoc cref="AgentPolicy"/>
    public HostsPolicy Hosts { get; init; } = Hosts ?? new();

    /// <summary>Reads the file. A policy that can't be read is a problem, never the default: the owner meant something by it.</summary>
    public static Outcome<AgentPolicy> Load(string path)
    {
        if (!File.Exists(path))
            return Default;
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                return Unreadable(path, $"it is larger than {MaxBytes} bytes");
            var policy = JsonSerializer.Deserialize(File.ReadAllBytes(path), PolicyJson.Default.AgentPolicy) ?? Default;
            return policy.Fault() is { } fault ? Unreadable(path, fault) : policy;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, e.Message);
        }
    }

    private string? Fault() =>
        Sql.Fault() ?? Metrics.Fault() ?? Hosts.Fault() ?? Api?.Fault() ?? K8s?.Fault() ?? Databases?.Elasticsearch?.Fault();

    private static Problem Unreadable(string path, string why) =>
        new(ProblemCodes.InvalidArgument, $"The policy {path} can't be used: {why}. Mend or remove it; the agent doesn't start without knowing its policy.");
}
