using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>The statements about tablets and their replicas, and those that look closer where something is wrong.</summary>
public static class TabletStatements
{
    /// <summary>Databases looked into, and tablets named; the worst first.</summary>
    public const int MaxDrillDowns = 5;

    public static readonly Statement Statistic = new()
    {
        Id = "statistic",
        Sql = "SHOW PROC '/statistic'",
        Required = ["DbId", "DbName", "TabletNum", "ReplicaNum", "UnhealthyTabletNum", "InconsistentTabletNum"],
        Optional = ["CloningTabletNum", "ErrorStateTabletNum"],
        Limits = new() { TimeoutMs = Statement.DefaultTimeoutMs, MaxRows = 10_000, MaxBytes = 4 * 1024 * 1024 },
    };

    public static readonly Statement Balance = new()
    {
        Id = "cluster_balance",
        Sql = "SHOW PROC '/cluster_balance'",
        Required = ["Item", "Number"],
    };

    /// <summary>The ids of a database's bad tablets.</summary>
    public static Statement OfDatabase(long id)
    {
        string path = $"/statistic/{id}";
        SqlText sql = $"SHOW PROC {path}";
        return new()
        {
            Id = $"statistic_{id}",
            Sql = sql.ToString(),
            Required = ["UnhealthyTablets", "InconsistentTablets"],
            Optional = ["CloningTablets", "ErrorStateTablets"],
        };
    }

    /// <summary>Which table and partition a tablet belongs to.</summary>
    public static Statement Tablet(long id)
    {
        SqlText sql = $"SHOW TABLET {id}";
        return new() { Id = $"tablet_{id}", Sql = sql.ToString(), Required = ["DbName", "TableName", "PartitionName"] };
    }

    /// <summary>What to look into, given the answers so far.</summary>
    public static IEnumerable<Statement> DrillDown(Evidence evidence)
    {
        var worst = Database.ReadAll(evidence).Where(database => database.Bad > 0).OrderByDescending(database => database.Bad)
            .Take(MaxDrillDowns).ToList();
        foreach (var database in worst)
            yield return OfDatabase(database.Id);
        foreach (var tablet in worst.SelectMany(database => BadTablets.Ids(evidence, database.Id)).Distinct().Take(MaxDrillDowns))
            yield return Tablet(tablet);
    }
}
