using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Outrider.Api.Telemetry;

/// <summary>
/// Gathers what this centre's meters (<c>Outrider.*</c>) and the runtime's (<c>System.Runtime</c>: CPU, memory, GC, threads) measure, from
/// its creation on, and shows it as Prometheus text.
/// </summary>
public sealed class MetricsPage : IDisposable
{
    private const string OwnPrefix = "Outrider.";
    private const string RuntimeMeter = "System.Runtime";

    private readonly IMeterFactory _meters;
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _scrape = new();

    public MetricsPage(IMeterFactory meters)
    {
        _meters = meters;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsWanted(instrument.Meter))
                listener.EnableMeasurementEvents(instrument, Add(MetricFamily.Of(instrument)));
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Everything measured, as text.</summary>
    public string Render()
    {
        lock (_scrape)
        {
            foreach (var family in _families.Values.Where(family => family.IsObserved))
                family.ForgetObserved();
            _listener.RecordObservableInstruments();
            var text = new StringBuilder(16 * 1024);
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
                family.AppendTo(text);
            return text.ToString();
        }
    }

    /// <summary>Answers <c>GET /metrics</c>. Open to all who reach the port: no tenant, agent or key is in it.</summary>
    public static Task AnswerAsync(HttpContext context, MetricsPage page)
    {
        context.Response.ContentType = Prometheus.ContentType;
        return context.Response.WriteAsync(page.Render(), context.RequestAborted);
    }

    public void Dispose() => _listener.Dispose();

    // The factory is the scope of its meters: two centres in one process (tests) don't see each other's.
    private bool IsWanted(Meter meter) =>
        meter.Name == RuntimeMeter || (meter.Name.StartsWith(OwnPrefix, StringComparison.Ordinal) && ReferenceEquals(meter.Scope, _meters));

    private MetricFamily Add(MetricFamily family) => _families.GetOrAdd(family.Name, family);
}
