using Outrider.Grains.Agents;
using Outrider.Grains.Fleet;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Fleet;

/// <summary>Which agents of the fleet, as callers write it; what is null has its default.</summary>
public sealed record FleetQuestion
{
    /// <summary>Characters of a search at most.</summary>
    public const int MaxSearch = 100;

    /// <summary>Labels at most.</summary>
    public const int MaxLabels = 20;

    private static readonly Dictionary<string, FleetSort> s_sorts = new(StringComparer.Ordinal)
    {
        ["worst"] = FleetSort.Worst,
        ["name"] = FleetSort.Name,
        ["status"] = FleetSort.Status,
        ["cpu"] = FleetSort.Cpu,
        ["memory"] = FleetSort.Memory,
        ["disk"] = FleetSort.Disk,
        ["alerts"] = FleetSort.Alerts,
        ["last_seen"] = FleetSort.LastSeen,
    };

    private static readonly Dictionary<string, AgentStatus> s_statuses = new(StringComparer.Ordinal)
    {
        ["online"] = AgentStatus.Online,
        ["degraded"] = AgentStatus.Degraded,
        ["offline"] = AgentStatus.Offline,
    };

    public string? Search { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];

    public string? Status { get; init; }

    public string? Sort { get; init; }

    public bool? Descending { get; init; }

    public int? Page { get; init; }

    public int? PageSize { get; init; }

    /// <summary><c>invalid_argument</c>: something is none of what it may be.</summary>
    public Outcome<FleetQuery> ToQuery()
    {
        if (Search?.Length > MaxSearch)
            return QueryProblem.Of($"search may have {MaxSearch} characters; it has {Search.Length}.");
        if (Labels.Count > MaxLabels)
            return QueryProblem.Of($"There are {Labels.Count} labels; at most {MaxLabels} can be asked for.");
        if (Labels.FirstOrDefault(label => label.IndexOf('=', StringComparison.Ordinal) < 1) is { } wrong)
            return QueryProblem.Of("label", wrong, "name=value, such as role=db");
        AgentStatus? status = null;
        if (Status is not null)
        {
            if (!s_statuses.TryGetValue(Status, out var known))
                return QueryProblem.Of("status", Status, string.Join(", ", s_statuses.Keys));
            status = known;
        }
        if (!s_sorts.TryGetValue(Sort ?? "worst", out var sort))
            return QueryProblem.Of("sort", Sort!, string.Join(", ", s_sorts.Keys));
        if (Page < 1)
            return QueryProblem.Of($"page must be 1 or more; it is {Page}.");
        if (PageSize is < 1 or > FleetQuery.MaxPageSize)
            return QueryProblem.Of($"page_size must be 1 to {FleetQuery.MaxPageSize}; it is {PageSize}.");
        return new FleetQuery
        {
            Search = Search?.Trim() ?? "",
            Labels = [.. Labels.Select(Label)],
            Status = status,
            Sort = sort,
            Descending = Descending ?? false,
            Page = Page ?? 1,
            PageSize = PageSize ?? FleetQuery.DefaultPageSize,
        };
    }

    private static KeyValuePair<string, string> Label(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return new(text[..equals], text[(equals + 1)..]);
    }
}
