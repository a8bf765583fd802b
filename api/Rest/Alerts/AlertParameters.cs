using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Outrider.Api.Operations.Alerts;
using Outrider.Grains.Alerts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Alerts;

/// <summary>Which alerts: parameters of an address.</summary>
public class AlertParameters
{
    [FromQuery(Name = "agent"), Description("Only of this agent.")]
    public string? Agent { get; init; }

    [FromQuery(Name = "rule"), Description("Only of this rule, by its id.")]
    public string? Rule { get; init; }

    [FromQuery(Name = "severity"), Description("Only of this severity: info, warning or critical.")]
    public string? Severity { get; init; }

    [FromQuery(Name = "acknowledged"), Description("true: only those that somebody took on; false: only those that nobody did.")]
    public bool? Acknowledged { get; init; }

    [FromQuery(Name = "after"), Description("Continue after the alert of this id: next of the page before.")]
    public string? After { get; init; }

    [FromQuery(Name = "limit"), Description("Alerts per page, 1 to 100. Left out: 20.")]
    public int? Limit { get; init; }

    /// <summary><c>invalid_argument</c>: there is no such severity.</summary>
    internal virtual Outcome<AlertQuestion> ToQuestion()
    {
        AlertSeverity? severity = Severity switch
        {
            null => null,
            "info" => AlertSeverity.Info,
            "warning" => AlertSeverity.Warning,
            "critical" => AlertSeverity.Critical,
            _ => (AlertSeverity)(-1),
        };
        return severity is not null && !Enum.IsDefined(severity.Value)
            ? new Problem(ProblemCodes.InvalidArgument, "severity must be info, warning or critical.")
            : new AlertQuestion { Agent = Agent, Rule = Rule, Severity = severity, Acknowledged = Acknowledged, After = After, Limit = Limit };
    }
}
