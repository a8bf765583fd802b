using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Agents;

/// <summary>
/// What a tenant asks of all its agents, or of one, which goes before that. What is null is left to the other, and then to the agent
/// itself. An agent's own policy narrows all of it.
/// </summary>
public sealed record AgentSettings
{
    private const int MaxProcessTop = 50;
    private const int MaxIntervalSeconds = 300;

    /// <summary>Nothing asked.</summary>
    public static AgentSettings None { get; } = new();

    /// <summary>Rises by one with each change; set by the centre.</summary>
    public long Revision { get; init; }

    /// <summary>1 to 300: a heartbeat when nothing else was sent for this long.</summary>
    public int? HeartbeatSeconds { get; init; }

    /// <summary>1 to 300: how often measurements are reported.</summary>
    public int? ReportSeconds { get; init; }

    /// <summary>How collectors run, by name; those that aren't there are as they were.</summary>
    public List<CollectorConfig>? Collectors { get; init; }

    /// <summary>1 to 50: how many processes by CPU, and how many by memory.</summary>
    public int? ProcessTop { get; init; }

    /// <summary>What an agent is told: its own settings before those of its tenant.</summary>
    public static LinkConfig Merge(AgentSettings tenant, AgentSettings agent)
    {
        // Either of the two numbers only rises, and so does their sum: it names the pair.
        var revision = tenant.Revision + agent.Revision;
        var collectors = (tenant.Collectors ?? []).Concat(agent.Collectors ?? [])
            .GroupBy(collector => collector.Name, StringComparer.Ordinal).Select(same => same.Last()).ToList();
        return new LinkConfig(
            agent.HeartbeatSeconds ?? tenant.HeartbeatSeconds ?? (int)LinkProtocol.Heartbeat.TotalSeconds,
            agent.ReportSeconds ?? tenant.ReportSeconds ?? (int)LinkProtocol.Report.TotalSeconds,
            revision == 0 ? null : new MetricsConfig(revision, collectors, agent.ProcessTop ?? tenant.ProcessTop));
    }

    /// <summary>What can't be, in words that say what to change; null: nothing.</summary>
    public Problem? Fault() =>
        !IsInterval(HeartbeatSeconds) || !IsInterval(ReportSeconds) || Collectors?.TrueForAll(one => IsInterval(one?.IntervalSeconds)) == false
            ? Invalid($"heartbeat_seconds, report_seconds and interval_seconds are 1 to {MaxIntervalSeconds}.")
        : ProcessTop is < 1 or > MaxProcessTop ? Invalid($"process_top is 1 to {MaxProcessTop}.")
        : Collectors?.Count > LinkProtocol.MaxItems / 2 ? Invalid($"collectors are {LinkProtocol.MaxItems / 2} at most.")
        : Collectors?.Exists(one => one?.Name is not { Length: > 0 and <= LinkProtocol.MaxText }) == true
            ? Invalid($"Each collector has a name of 1 to {LinkProtocol.MaxText} characters, such as 'host' or 'scrape:fe1'.")
        : Collectors?.DistinctBy(one => one.Name).Count() < Collectors?.Count ? Invalid("Name each collector once.")
        : null;

    private static bool IsInterval(int? seconds) => seconds is null or (>= 1 and <= MaxIntervalSeconds);

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}
