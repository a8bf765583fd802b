using Microsoft.Data.Sqlite;

namespace Outrider.Storage.Sqlite;

/// <summary>Whether a SQLite file is whole.</summary>
public static class SqliteIntegrity
{
    /// <summary>Reads all of a file that no other process uses. What is wrong with it, a line each; empty: nothing.</summary>
    public static List<string> Check(string path)
    {
        SqliteEngine.Bind();
        try
        {
            using var session = SqliteDatabase.Connect(path, SqliteOpenMode.ReadWrite);
            var found = session.Query("PRAGMA integrity_check", row => row.GetString(0));
            return found is ["ok"] ? [] : [.. found.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        }
        catch (SqliteException e)
        {
            return [e.Message];
        }
    }
}
