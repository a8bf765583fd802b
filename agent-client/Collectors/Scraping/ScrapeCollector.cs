using System.Net.Http.Headers;
using Outrider.Agent.Logging;
using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors.Scraping;

/// <summary>Fetches one endpoint in Prometheus' text format. One that doesn't answer is a sample too: <c>scrape_up</c> is 0.</summary>
internal sealed class ScrapeCollector(ScrapeTarget target, AgentLog log, TimeProvider time) : ICollector, IDisposable
{
    /// <summary>Longer answers are given up.</summary>
    private const long MaxBytes = 32 * 1024 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AutomaticDecompression = System.Net.DecompressionMethods.GZip,
        AllowAutoRedirect = false,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly ScrapeReader _reader = new(target);
    private readonly SeriesCache _series = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly Readings _scraped = new();
    private string? _told;

    public string Name => "scrape:" + target.Endpoint;

    public TimeSpan Interval => TimeSpan.FromSeconds(target.IntervalSeconds);

    /// <summary>Less than the schedule's, which would leave nothing to say.</summary>
    private TimeSpan ScrapeLimit => TimeSpan.FromSeconds(Math.Min(10, target.IntervalSeconds * 0.8));

    public TimeSpan TimeLimit => ScrapeLimit + TimeSpan.FromSeconds(1);

    public async ValueTask CollectAsync(Readings to, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(ScrapeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        string? fault = null;
        _scraped.Begin(to.Time);
        try
        {
            fault = await ScrapeAsync(either.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            fault = e is OperationCanceledException ? $"no answer within {ScrapeLimit.TotalSeconds} s" : e.GetBaseException().Message;
        }
        Tell(fault ?? (_reader.LeftOut > 0 ? $"it has {_reader.LeftOut} samples more than max_samples allows; add rules, or raise it" : null));
        var label = new Label("endpoint", target.Endpoint);
        to.Add(_series.Of("scrape_up", label), fault is null ? 1 : 0);
        to.Add(_series.Of("scrape_duration_seconds", label), Math.Round(time.GetElapsedTime(started).TotalSeconds, 3));
        // Half an answer is none: its sums wouldn't add up.
        if (fault is not null)
            return;
        to.Add(_series.Of("scrape_samples", label), _reader.Kept);
        foreach (var (series, value) in _scraped.Values)
            to.Add(series, value);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> ScrapeAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target.Url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        if (target.Authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", target.Authorization);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!answer.IsSuccessStatusCode)
            return $"it answered HTTP {(int)answer.StatusCode}";
        _reader.Begin();
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        long total = 0;
        while (await body.ReadAsync(_buffer, cancellation) is > 0 and var read)
        {
            total += read;
            if (total > MaxBytes)
                return $"its answer is longer than {MaxBytes} bytes";
            _reader.Read(_buffer.AsSpan(0, read), _scraped);
        }
        _reader.End(_scraped);
        return null;
    }

    /// <summary>Once for each change.</summary>
    private void Tell(string? fault)
    {
        if (fault == _told)
            return;
        _told = fault;
        if (fault is null)
            log.Info($"Endpoint {target.Endpoint} answers.");
        else
            log.Warn($"Endpoint {target.Endpoint} ({target.Url}): {fault}.");
    }
}
