using System.Globalization;
using Outrider.Storage.State;

namespace Outrider.Storage.Sqlite;

/// <summary>Grain state in one table. Etags are random, so that one is never valid again after the state was removed and made anew.</summary>
public sealed class SqliteStateStore(SqliteDatabase database) : IStateStore
{
    /// <summary>Pass it to <see cref="SqliteDatabase.Open"/>.</summary>
    public static SqliteSchema Schema { get; } = new("state",
    [
        """
        CREATE TABLE grain_state (
          grain TEXT NOT NULL, key TEXT NOT NULL, etag INTEGER NOT NULL, state BLOB NOT NULL,
          PRIMARY KEY (grain, key)
        ) STRICT
        """,
    ]);

    public async ValueTask<StoredState?> ReadAsync(string grain, string key, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.QueryFirst(
            "SELECT state, etag FROM grain_state WHERE grain = @1 AND key = @2",
            row => new StoredState(row.GetFieldValue<byte[]>(0), Etag(row.GetInt64(1))),
            grain, key), cancellation).ConfigureAwait(false);

    public async ValueTask<string?> WriteAsync(
        string grain, string key, ReadOnlyMemory<byte> state, string? etag, CancellationToken cancellation)
    {
        var next = Random.Shared.NextInt64();
        var bytes = state.ToArray();
        var expected = Parse(etag);
        var written = await database.WriteAsync(
            session => expected is null
                ? session.Execute(
                    "INSERT INTO grain_state (grain, key, etag, state) VALUES (@1, @2, @3, @4) ON CONFLICT DO NOTHING",
                    grain, key, next, bytes)
                : session.Execute(
                    "UPDATE grain_state SET etag = @3, state = @4 WHERE grain = @1 AND key = @2 AND etag = @5",
                    grain, key, next, bytes, expected.Value),
            cancellation).ConfigureAwait(false);
        return written == 1 ? Etag(next) : null;
    }

    public async ValueTask<bool> ClearAsync(string grain, string key, string? etag, CancellationToken cancellation)
    {
        if (etag is null)
            return await ReadAsync(grain, key, cancellation).ConfigureAwait(false) is null;
        var expected = Parse(etag);
        return await database.WriteAsync(
            session => session.Execute(
                "DELETE FROM grain_state WHERE grain = @1 AND key = @2 AND etag = @3", grain, key, expected) == 1,
            cancellation).ConfigureAwait(false);
    }

    private static string Etag(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static long? Parse(string? etag) => etag is null ? null : long.Parse(etag, CultureInfo.InvariantCulture);
}
