using System.Text.Json;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Tasks;

/// <summary>A fan-out as callers ask for it: what each agent is to do, and whom it is for.</summary>
public sealed record FanoutBody : TaskFields
{
    public const int MaxPatterns = 100;
    public const int MaxPauseSeconds = 3_600;

    /// <summary>Names and patterns of agents; left out: all that have the labels.</summary>
    public List<string>? Agents { get; init; }

    /// <summary>By label a pattern of its value; all must match.</summary>
    public Dictionary<string, string>? Labels { get; init; }

    /// <summary>As of <see cref="Tasks.BatchSize"/>.</summary>
    public JsonElement? BatchSize { get; init; }

    /// <summary>Seconds between batches.</summary>
    public int? Pause { get; init; }

    /// <summary>0 to 1: when more of the tasks that are over than this share has failed, no further batch begins.</summary>
    public double? MaxFailureRatio { get; init; }

    /// <summary>The request, its batch size still open; <c>invalid_argument</c>.</summary>
    internal Outcome<FanoutRequest> ToFanout(string by)
    {
        var (agents, labels) = (Agents ?? [], Labels ?? []);
        if (agents.Count == 0 && labels.Count == 0)
            return TenantRules.Invalid("Say for whom: agents, names or patterns such as \"web-*\" (\"*\" is all), or labels, or both.");
        if (agents.Count > MaxPatterns || agents.Exists(one => one is not { Length: > 0 and <= 63 }))
            return TenantRules.Invalid($"agents are at most {MaxPatterns} names or patterns of 1 to 63 characters.");
        if (labels.Count > AgentLabels.Max || labels.Any(label => !AgentLabels.IsName(label.Key) || label.Value is not { Length: <= AgentLabels.MaxLength }))
            return TenantRules.Invalid($"labels can't match: {AgentLabels.Rule}.");
        if (Pause is < 0 or > MaxPauseSeconds)
            return TenantRules.Invalid($"pause is 0 to {MaxPauseSeconds} seconds.");
        if (MaxFailureRatio is < 0 or > 1 or double.NaN)
            return TenantRules.Invalid("max_failure_ratio is 0 to 1.");
        var task = ToRequest("", by);
        return !task.Ok ? task.Problem : new FanoutRequest
        {
            Task = task.Value, Patterns = agents, Labels = labels, PauseSeconds = Pause ?? 0, MaxFailureRatio = MaxFailureRatio ?? 1,
        };
    }
}
