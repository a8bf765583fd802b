using Outrider.Storage.State;

namespace Outrider.Storage.Sqlite;

/// <summary>Reminders in one table; times in milliseconds since 1970-01-01 UTC.</summary>
public sealed class SqliteReminderStore(SqliteDatabase database) : IReminderStore
{
    /// <summary>Pass it to <see cref="SqliteDatabase.Open"/>.</summary>
    public static SqliteSchema Schema { get; } = new("reminders",
    [
        """
        CREATE TABLE reminder (
          grain TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, due_ms INTEGER NOT NULL, period_ms INTEGER NOT NULL,
          PRIMARY KEY (grain, key, name)
        ) STRICT
        """,
    ]);

    public async ValueTask SetAsync(StoredReminder reminder, CancellationToken cancellation) =>
        await database.WriteAsync(session => session.Execute(
            """
            INSERT INTO reminder (grain, key, name, due_ms, period_ms) VALUES (@1, @2, @3, @4, @5)
            ON CONFLICT (grain, key, name) DO UPDATE SET due_ms = excluded.due_ms, period_ms = excluded.period_ms
            """,
            reminder.Grain, reminder.Key, reminder.Name,
            reminder.DueAt.ToUnixTimeMilliseconds(), (long)reminder.Period.TotalMilliseconds), cancellation).ConfigureAwait(false);

    public async ValueTask CancelAsync(string grain, string key, string name, CancellationToken cancellation) =>
        await database.WriteAsync(
            session => session.Execute("DELETE FROM reminder WHERE grain = @1 AND key = @2 AND name = @3", grain, key, name),
            cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellation) =>
        await database.ReadAsync(session => session.Query(
            "SELECT grain, key, name, due_ms, period_ms FROM reminder",
            row => new StoredReminder(
                row.GetString(0), row.GetString(1), row.GetString(2),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), TimeSpan.FromMilliseconds(row.GetInt64(4)))),
            cancellation).ConfigureAwait(false);
}
