namespace Outrider.Storage.Shared;

internal static class SharedRemoval
{
    /// <summary>Removes page by page; returns how many rows.</summary>
    public static async Task<int> RemoveAsync(this SharedDatabase database, Removal removal, object which, CancellationToken cancellation)
    {
        for (var removed = 0; ;)
        {
            var (rows, last) = await database.TransactAsync(async session =>
            {
                var end = await session.QueryFirstAsync(removal.Last, row => (long?)row.GetInt64(0), which).ConfigureAwait(false);
                return (await session.ExecuteAsync(removal.Delete, which, end ?? long.MaxValue).ConfigureAwait(false), end);
            }, cancellation).ConfigureAwait(false);
            removed += rows;
            if (last is null)
                return removed;
        }
    }
}
