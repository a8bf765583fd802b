namespace Outrider.Storage.Shared;

/// <summary>
/// The right to maintain the metrics, which one process has at a time. It ends by the database's clock unless it is used or taken again.
/// Whoever takes it gets a higher number; a write under a number that is no longer the lease's does nothing.
/// </summary>
internal sealed class SharedLease(SharedDatabase database)
{
    /// <summary>How long it lasts, in milliseconds: three times between two passes of the maintenance.</summary>
    private const long Length = 30_000;

    // For people who look into the table, and to know oneself again.
    private readonly string _holder = $"{Environment.MachineName} {Environment.ProcessId} {Guid.NewGuid():N}";
    private long? _number;

    public bool IsHeld => _number is not null;

    private string Expires => $"expires = {database.Dialect.Now} + {Length}";

    /// <summary>Takes it, or goes on to have it; its number. Null: another process has it.</summary>
    public async Task<long?> TakeAsync(CancellationToken cancellation)
    {
        _number = await database.TransactAsync(async session =>
        {
            if (_number is { } held && await RenewAsync(session, held).ConfigureAwait(false))
                return held;
            var taken = await session.ExecuteAsync(
                $"""
                UPDATE outrider_metric_lease SET number = number + 1, holder = @p1, {Expires}
                WHERE id = 1 AND (expires <= {database.Dialect.Now} OR holder = @p1)
                """, _holder).ConfigureAwait(false);
            return taken == 0
                ? null
                : await session.QueryFirstAsync("SELECT number FROM outrider_metric_lease WHERE id = 1", row => (long?)row.GetInt64(0))
                    .ConfigureAwait(false);
        }, cancellation).ConfigureAwait(false);
        return _number;
    }

    /// <summary>
    /// Carries out work in a transaction, under the lease. If that fails the lease is no longer held, as what became of the work isn't known.
    /// </summary>
    /// <exception cref="StorageException">Another process has the lease now, and nothing was done; or the database is away.</exception>
    public async Task UseAsync(Func<SharedSession, Task> work, CancellationToken cancellation)
    {
        try
        {
            var number = _number ?? throw Lost();
            await database.TransactAsync(async session =>
            {
                if (!await RenewAsync(session, number).ConfigureAwait(false))
                    throw Lost();
                await work(session).ConfigureAwait(false);
                return 0;
            }, cancellation).ConfigureAwait(false);
        }
        catch
        {
            _number = null;
            throw;
        }
    }

    /// <summary>Gives it back, for another process to take at once.</summary>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        if (_number is not { } number)
            return;
        _number = null;
        await database.RunAsync(
            session => session.ExecuteAsync($"UPDATE outrider_metric_lease SET expires = 0 WHERE id = 1 AND number = {number}"), cancellation)
            .ConfigureAwait(false);
    }

    private async Task<bool> RenewAsync(SharedSession session, long number) =>
        await session.ExecuteAsync($"UPDATE outrider_metric_lease SET {Expires} WHERE id = 1 AND number = {number}").ConfigureAwait(false) > 0;

    private static StorageException Lost() => new("Another process maintains the metrics now.");
}
