namespace Outrider.Storage.Sqlite;

/// <summary>Brings the tables of each part up to date, all or nothing.</summary>
internal static class SqliteMigrator
{
    /// <exception cref="StorageException">A part is newer than this program knows.</exception>
    public static void Apply(SqliteSession session, string path, IReadOnlyList<SqliteSchema> schemas)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            session.Execute("CREATE TABLE IF NOT EXISTS schema_version (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT");
            foreach (var schema in schemas)
                Apply(session, path, schema);
            session.Execute("COMMIT");
        }
        catch
        {
            session.Execute("ROLLBACK");
            throw;
        }
    }

    private static void Apply(SqliteSession session, string path, SqliteSchema schema)
    {
        var found = session.QueryFirst("SELECT version FROM schema_version WHERE part = @1", row => row.GetInt32(0), schema.Part);
        if (found > schema.Migrations.Count)
        {
            throw new StorageException(
                $"The tables '{schema.Part}' in {path} have version {found}; this program knows them up to version "
                + $"{schema.Migrations.Count}. Start the newer version of the program, or use another data folder.");
        }
        if (found == schema.Migrations.Count)
            return;
        for (var i = found; i < schema.Migrations.Count; i++)
            session.Execute(schema.Migrations[i]);
        session.Execute(
            "INSERT INTO schema_version (part, version) VALUES (@1, @2) ON CONFLICT (part) DO UPDATE SET version = excluded.version",
            schema.Part, schema.Migrations.Count);
    }
}
