using System.Collections.Concurrent;
using System.Diagnostics;
using Outrider.Bench.Link;
using Outrider.Bench.Metrics;
using Outrider.Protocol.Metrics;

namespace Outrider.Bench.Fleet;

/// <summary>An agent that measures nothing and reports made-up data at its own moment of each period.</summary>
internal sealed class FleetAgent(int number, int series, Action<double> answered) : IDisposable
{
    private readonly SimulatedAgent _link = new();
    private readonly MetricData _data = new(number, series);
    private readonly ConcurrentDictionary<ulong, long> _sentAt = new();
    private ulong _seq;

    public string Name => $"fleet-{number:00000}";

    /// <summary>Batches sent so far.</summary>
    public long Sent => (long)_seq;

    /// <summary>Batches that were refused or are to be sent again.</summary>
    public int Refused { get; private set; }

    /// <summary>Batches without an answer.</summary>
    public int Unanswered => _sentAt.Count;

    public bool IsLinked => _link.IsLinked;

    public async Task LinkAsync(Uri url, string token)
    {
        _link.Answered = answer =>
        {
            if (answer.Problem is not null)
                Refused++;
            if (_sentAt.TryRemove(answer.Seq, out var at))
                answered(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        };
        await _link.LinkAsync(url, Name, token);
    }

    /// <summary>Reports each period until it is over, at most what the protocol allows without an answer.</summary>
    public async Task RunAsync(TimeSpan offset, TimeSpan period, CancellationToken over)
    {
        try
        {
            await Task.Delay(offset, over);
            using var timer = new PeriodicTimer(period);
            do
                await ReportAsync();
            while (await timer.WaitForNextTickAsync(over));
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    public void Dispose() => _link.Dispose();

    private async Task ReportAsync()
    {
        if (_sentAt.Count >= Protocol.Link.LinkProtocol.MaxUnansweredBatches)
            return;
        var report = _data.Next(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 1);
        var batch = MetricBatchCodec.Encode(new MetricBatch(Name, ++_seq, report, null)).Value!;
        _sentAt[_seq] = Stopwatch.GetTimestamp();
        await _link.SendBatchAsync(Name, _seq, batch);
    }
}
