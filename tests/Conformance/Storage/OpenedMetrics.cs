using Outrider.Storage.Metrics;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>A backend, and what is closed after it.</summary>
public sealed record OpenedMetrics(IMetricBackend Backend, IAsyncDisposable Owned) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Owned.DisposeAsync();
}
