namespace Outrider.Storage.Sqlite;

internal static class SqliteRemoval
{
    /// <summary>Removes page by page; returns how many rows.</summary>
    public static async Task<int> RemoveAsync(this SqliteDatabase database, Removal removal, object which, CancellationToken cancellation)
    {
        for (var removed = 0; ;)
        {
            var (rows, last) = await database.WriteAsync(session =>
            {
                var end = session.QueryFirst(removal.Last, row => (long?)row.GetInt64(0), which);
                return (session.Execute(removal.Delete, which, end ?? long.MaxValue), end);
            }, cancellation).ConfigureAwait(false);
            removed += rows;
            if (last is null)
                return removed;
        }
    }
}
