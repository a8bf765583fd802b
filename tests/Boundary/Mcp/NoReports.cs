using Outrider.Grains.Diagnosis;

namespace Outrider.Tests.Boundary.Mcp;

internal sealed class NoReports : IReportStore
{
    public ValueTask SaveAsync(string tenant, DiagnosisReport report, ReadOnlyMemory<byte> bundle, CancellationToken cancellation) =>
        ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<ReportSummary>> ListAsync(
        string tenant, string agent, string? expert, DateTimeOffset? before, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<ReportSummary>>([]);

    public ValueTask<DiagnosisReport?> ReadAsync(string tenant, string agent, string id, CancellationToken cancellation) =>
        ValueTask.FromResult<DiagnosisReport?>(null);

    public ValueTask<byte[]?> ReadBundleAsync(string tenant, string agent, string id, CancellationToken cancellation) =>
        ValueTask.FromResult<byte[]?>(null);
}
