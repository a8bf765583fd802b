using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>Reads the lists of tablet ids that <c>/statistic/&lt;DbId&gt;</c> gives.</summary>
internal static class BadTablets
{
    private static readonly string[] s_columns = ["UnhealthyTablets", "InconsistentTablets", "ErrorStateTablets"];

    /// <summary>The ids in all lists of a database; empty until it has been looked into.</summary>
    public static IEnumerable<long> Ids(Evidence evidence, long database) =>
        from row in evidence.Rows(TabletStatements.OfDatabase(database).Id)
        from column in s_columns
        from id in Split(row.Text(column))
        select id;

    /// <summary>The list as evidence, and for each tablet of it that was looked up the table it belongs to.</summary>
    public static IEnumerable<EvidenceRow> Evidence(Evidence evidence, Database database, string column)
    {
        foreach (var row in evidence.Rows(TabletStatements.OfDatabase(database.Id).Id))
        {
            var ids = Split(row.Text(column)).ToList();
            if (ids.Count > 0)
                yield return row.Evidence(database.Name, column);
            foreach (var tablet in ids.SelectMany(id => evidence.Rows(TabletStatements.Tablet(id).Id)))
                yield return tablet.Evidence(Name(tablet), "PartitionName");
        }
    }

    private static string Name(Row tablet) => $"{tablet.Text("DbName")}.{tablet.Text("TableName")}";

    /// <summary>Commas, with or without brackets around the list.</summary>
    private static IEnumerable<long> Split(string? list) =>
        (list ?? "").Split([',', '[', ']', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Cell.Count).OfType<long>();
}
