using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;

namespace Outrider.Api.Gateway;

/// <summary>The gateway's numbers, meter <see cref="MeterName"/>.</summary>
public sealed class GatewayMetrics
{
    public const string MeterName = "Outrider.Gateway";

    private static readonly KeyValuePair<string, object?> s_received = new("direction", "received");
    private static readonly KeyValuePair<string, object?> s_sent = new("direction", "sent");
    private readonly UpDownCounter<long> _links;
    private readonly UpDownCounter<long> _tasks;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _batches;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meter.")]
    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _links = meter.CreateUpDownCounter<long>("outrider.gateway.links", "{link}", "Links of registered agents.");
        _tasks = meter.CreateUpDownCounter<long>("outrider.gateway.tasks", "{task}", "Tasks awaited from agents.");
        _frames = meter.CreateCounter<long>("outrider.gateway.frames", "{frame}", "Frames, by direction.");
        _bytes = meter.CreateCounter<long>("outrider.gateway.bytes", "By", "Bytes of frames before compression, by direction.");
        _errors = meter.CreateCounter<long>("outrider.gateway.errors", "{error}", "Links refused or closed by the gateway, by problem code.");
        _batches = meter.CreateHistogram(
            "outrider.gateway.metric_batches", "s", "Metric batches, from receipt to answer; by the problem's code of those that were not stored.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
    }

    public void LinkOpened() => _links.Add(1);

    public void LinkClosed() => _links.Add(-1);

    public void TaskStarted() => _tasks.Add(1);

    public void TaskEnded() => _tasks.Add(-1);

    public void Received(int bytes)
    {
        _frames.Add(1, s_received);
        _bytes.Add(bytes, s_received);
    }

    public void Sent(int bytes)
    {
        _frames.Add(1, s_sent);
        _bytes.Add(bytes, s_sent);
    }

    /// <param name="took">From receipt to answer.</param>
    /// <param name="code">Of the problem; null: it was stored.</param>
    public void BatchAnswered(TimeSpan took, string? code)
    {
        if (code is null)
            _batches.Record(took.TotalSeconds);
        else
            _batches.Record(took.TotalSeconds, new KeyValuePair<string, object?>("code", code));
    }

    public void Error(string code) => _errors.Add(1, new KeyValuePair<string, object?>("code", code));
}
