using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>A database's line of <c>/statistic</c>. Null: the cell is missing or unreadable.</summary>
public sealed record Database
{
    public required Row Row { get; init; }

    public required long Id { get; init; }

    public required string Name { get; init; }

    public long? Tablets { get; init; }

    public long? Replicas { get; init; }

    public long? Unhealthy { get; init; }

    public long? Inconsistent { get; init; }

    public long? Cloning { get; init; }

    public long? Errors { get; init; }

    /// <summary>Tablets in trouble, those counted twice too.</summary>
    public long Bad => Total.Of([Unhealthy ?? 0, Inconsistent ?? 0, Errors ?? 0]);

    /// <summary>Every line but <c>Total</c>, which has no id.</summary>
    public static IReadOnlyList<Database> ReadAll(Evidence evidence) =>
    [
        .. from row in evidence.Rows(TabletStatements.Statistic.Id)
           let id = row.Count("DbId")
           where id is not null
           select new Database
           {
               Row = row,
               Id = id.Value,
               Name = row.Text("DbName") ?? $"{id}",
               Tablets = row.Count("TabletNum"),
               Replicas = row.Count("ReplicaNum"),
               Unhealthy = row.Count("UnhealthyTabletNum"),
               Inconsistent = row.Count("InconsistentTabletNum"),
               Cloning = row.Count("CloningTabletNum"),
               Errors = row.Count("ErrorStateTabletNum"),
           },
    ];
}
