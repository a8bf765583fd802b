using System.Text.Json;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy;

/// <summary>
/// What this machine's owner lets the agent do: <c>policy.json</c> in the agent's folder. It wins over whatever the centre asks. Without
/// the file the defaults hold: read-only SQL within the standard limits, and measuring.
/// </summary>
/// <param name="Sql">Read-only SQL; null: the standard policy. <c>"sql": {"enabled": false}</c> makes it not exist here.</param>
/// <param name="Metrics">Measuring; null: the standard policy.</param>
/// <param name="Databases">Tasks on databases, by type; null: none.</param>
public sealed record AgentPolicy(SqlPolicy? Sql = null, MetricsPolicy? Metrics = null, DatabasesPolicy? Databases = null)
{
    private const long MaxBytes = 256 * 1024;

    public static AgentPolicy Default { get; } = new();

    /// <inheritdoc cref="AgentPolicy(SqlPolicy, MetricsPolicy, DatabasesPolicy)"/>
    public SqlPolicy Sql { get; init; } = Sql ?? new();

    /// <inheritdoc cref="AgentPolicy(SqlPolicy, MetricsPolicy, DatabasesPolicy)"/>
    public MetricsPolicy Metrics { get; init; } = Metrics ?? new();

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
            return (policy.Sql.Fault() ?? policy.Metrics.Fault() ?? policy.Databases?.Fault()) is { } fault ? Unreadable(path, fault) : policy;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, e.Message);
        }
    }

    private static Problem Unreadable(string path, string why) =>
        new(ProblemCodes.InvalidArgument, $"The policy {path} can't be used: {why}. Mend or remove it; the agent doesn't start without knowing its policy.");
}
