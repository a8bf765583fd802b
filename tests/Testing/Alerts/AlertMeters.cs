using System.Diagnostics.Metrics;
using Outrider.Grains.Alerts;

namespace Outrider.Testing.Alerts;

/// <summary>Numbers that nobody reads, for tests of grains that count.</summary>
public static class AlertMeters
{
    public static AlertMetrics None { get; } = new(new Factory());

    private sealed class Factory : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
