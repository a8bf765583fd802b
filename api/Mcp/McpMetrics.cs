using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;

namespace Outrider.Api.Mcp;

/// <summary>The MCP front door's numbers, meter <see cref="MeterName"/>.</summary>
public sealed class McpMetrics
{
    public const string MeterName = "Outrider.Mcp";

    private readonly TimeProvider _time;
    private readonly UpDownCounter<long> _streams;
    private readonly Histogram<double> _calls;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meter.")]
    public McpMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(MeterName);
        _streams = meter.CreateUpDownCounter<long>("outrider.mcp.streams", "{stream}", "Open event streams.");
        _calls = meter.CreateHistogram<double>(
            "outrider.mcp.call.duration", "s", "Tool calls, by tool and outcome (ok or the problem's code).");
    }

    public void StreamOpened() => _streams.Add(1);

    public void StreamClosed() => _streams.Add(-1);

    /// <summary>When a call starts; give it to <see cref="Called"/>.</summary>
    public long Start() => _time.GetTimestamp();

    public void Called(string tool, string outcome, long start) => _calls.Record(
        _time.GetElapsedTime(start).TotalSeconds,
        new KeyValuePair<string, object?>("tool", tool),
        new KeyValuePair<string, object?>("outcome", outcome));
}
