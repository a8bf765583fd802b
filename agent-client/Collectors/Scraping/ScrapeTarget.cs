namespace Outrider.Agent.Collectors.Scraping;

/// <summary>
/// An endpoint in Prometheus' text format, in the agent's own configuration only: what the agent fetches is never the centre's to say.
/// </summary>
/// <param name="Endpoint">Names it in the label <c>endpoint</c> and in settings; letters, digits, <c>-_.</c>.</param>
/// <param name="Url">Such as <c>http://fe1:8030/metrics</c>.</param>
/// <param name="Kind"><c>starrocks_fe</c> or <c>starrocks_be</c>: rules that are known. Null: only those below.</param>
/// <param name="Rules">Go before those of the kind. Without either everything is kept.</param>
/// <param name="DropLabels">Labels to leave out. Series that are then the same: the last counts.</param>
/// <param name="Authorization">Sent as that header; stays on this machine.</param>
/// <param name="IntervalSeconds">How often.</param>
/// <param name="MaxSamples">Most samples kept of one answer; the rest is left out, and told in the log.</param>
public sealed record ScrapeTarget(
    string Endpoint,
    string Url,
    string? Kind = null,
    IReadOnlyList<ScrapeRule>? Rules = null,
    IReadOnlyList<string>? DropLabels = null,
    string? Authorization = null,
    int IntervalSeconds = 10,
    int MaxSamples = 2_000)
{
    private const int SamplesAtMost = 10_000;

    /// <summary>What is wrong with it, in words that say what to change; null when nothing is.</summary>
    public string? Fault() =>
        !Protocol.Credentials.Names.IsAgent(Endpoint) ? $"scrape endpoint '{Endpoint}' can't be a name: {Protocol.Credentials.Names.Rule}"
        : !Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") ? $"the url of scrape endpoint {Endpoint} is not an http or https address"
        : Kind is not null && ScrapePresets.For(Kind) is null ? $"the kind of scrape endpoint {Endpoint} is not starrocks_fe or starrocks_be"
        : IntervalSeconds is < 1 or > 300 ? $"interval_seconds of scrape endpoint {Endpoint} must be 1 to 300"
        : MaxSamples is < 1 or > SamplesAtMost ? $"max_samples of scrape endpoint {Endpoint} must be 1 to {SamplesAtMost}"
        : Rules?.Any(rule => string.IsNullOrEmpty(rule.Metric)) == true ? $"a rule of scrape endpoint {Endpoint} has no metric"
        : null;
}
