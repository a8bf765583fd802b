using Outrider.Grains.Runtime;
using Outrider.Storage.Tasks;

namespace Outrider.Storage.Sqlite;

/// <summary>Writes records that have revisions.</summary>
internal static class SqliteRecords
{
    /// <summary>Adds a row, unless one of its key is there; how many it added.</summary>
    public static int Add(SqliteSession session, RecordTable table, RecordRow row)
    {
        IReadOnlyList<string> all = [.. RecordTable.Keys, .. table.Columns];
        var values = string.Join(", ", all.Select((_, i) => $"@{i + 1}"));
        return session.Execute($"INSERT INTO {table.Name} ({string.Join(", ", all)}) VALUES ({values}) ON CONFLICT DO NOTHING", row.Values);
    }

    /// <summary>Adds or replaces.</summary>
    /// <exception cref="StateConflictException">The stored record is another one than is known.</exception>
    public static int Change(SqliteSession session, RecordChange change)
    {
        var changed = change.Known is { } known ? Replace(session, change.Table, change.Row, known) : Add(session, change.Table, change.Row);
        return changed > 0 ? changed : throw change.Conflict;
    }

    private static int Replace(SqliteSession session, RecordTable table, RecordRow row, long known)
    {
        var sets = table.Columns.Select((column, i) => $"{column} = @{RecordTable.Keys.Count + i + 1}");
        return session.Execute(
            $"UPDATE {table.Name} SET {string.Join(", ", sets)} WHERE tenant = @1 AND id = @2 AND revision = @{row.Values.Length + 1}",
            [.. row.Values, known]);
    }
}
