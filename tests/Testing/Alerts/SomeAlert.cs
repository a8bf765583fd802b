using Outrider.Grains.Alerts;

namespace Outrider.Testing.Alerts;

/// <summary>Alerts for tests of what shows them.</summary>
public static class SomeAlert
{
    /// <summary>One of the built-in rule host-cpu-warning that fires.</summary>
    public static Alert Of(string id, string agent, DateTimeOffset firedAt) => new()
    {
        Id = id,
        Rule = "host-cpu-warning",
        RuleName = "CPU of the machine above 80 %",
        Severity = AlertSeverity.Warning,
        Agent = agent,
        Metric = "host_cpu_percent_normalized",
        Condition = "avg(host_cpu_percent_normalized) over 1m > 80 for 5m",
        Value = 93.5,
        Threshold = 80,
        StartedAt = firedAt - TimeSpan.FromMinutes(5),
        FiredAt = firedAt,
        ChangedAt = firedAt,
    };
}
