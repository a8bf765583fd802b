namespace Outrider.Grains.Diagnosis;

/// <summary>Keeps reports with the evidence they stand on: of each agent the newest <see cref="KeptPerAgent"/>.</summary>
public interface IReportStore
{
    /// <summary>Reports of one agent, of all experts together; saving one more removes the oldest.</summary>
    const int KeptPerAgent = 1_000;

    /// <summary>Saves; durable when it returns. <paramref name="bundle"/> is the evidence bundle (docs/formats/evidence-bundle.md).</summary>
    ValueTask SaveAsync(string tenant, DiagnosisReport report, ReadOnlyMemory<byte> bundle, CancellationToken cancellation);

    /// <summary>Reports of an agent, newest first, older than <paramref name="before"/> (null: from now).</summary>
    ValueTask<IReadOnlyList<ReportSummary>> ListAsync(
        string tenant, string agent, string? expert, DateTimeOffset? before, int limit, CancellationToken cancellation);

    /// <summary>One report; null if there is none of this id for this agent.</summary>
    ValueTask<DiagnosisReport?> ReadAsync(string tenant, string agent, string id, CancellationToken cancellation);

    /// <summary>Its evidence bundle; null if there is none.</summary>
    ValueTask<byte[]?> ReadBundleAsync(string tenant, string agent, string id, CancellationToken cancellation);
}
