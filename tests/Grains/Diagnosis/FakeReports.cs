using System.Collections.Concurrent;
using Outrider.Grains.Diagnosis;

namespace Outrider.Tests.Grains.Diagnosis;

/// <summary>Keeps reports in memory, or fails to.</summary>
internal sealed class FakeReports : IReportStore
{
    public ConcurrentQueue<(string Tenant, DiagnosisReport Report, byte[] Bundle)> Saved { get; } = new();

    /// <summary>What saving does first.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async ValueTask SaveAsync(string tenant, DiagnosisReport report, ReadOnlyMemory<byte> bundle, CancellationToken cancellation)
    {
        await Before(cancellation);
        Saved.Enqueue((tenant, report, bundle.ToArray()));
    }

    public ValueTask<IReadOnlyList<ReportSummary>> ListAsync(
        string tenant, string agent, string? expert, DateTimeOffset? before, int limit, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<DiagnosisReport?> ReadAsync(string tenant, string agent, string id, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<byte[]?> ReadBundleAsync(string tenant, string agent, string id, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
