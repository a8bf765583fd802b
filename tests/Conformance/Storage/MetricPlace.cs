using Outrider.Storage.Metrics;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>Where the metric store of one test keeps its rows.</summary>
public abstract class MetricPlace : IAsyncDisposable
{
    /// <summary>Opens it, as a process does; what it held is there again.</summary>
    public abstract IMetricBackend Open();

    /// <summary>Closes what <see cref="Open"/> gave.</summary>
    public abstract ValueTask CloseAsync(IMetricBackend backend);

    public abstract ValueTask DisposeAsync();
}
