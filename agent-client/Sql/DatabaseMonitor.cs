using Outrider.Agent.Link;
using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.Protocol.Link;

namespace Outrider.Agent.Sql;

/// <summary>Asks the database every 30 s, and every 5 s while it doesn't answer, how it is. What it found goes to the centre.</summary>
internal sealed class DatabaseMonitor(SessionPool pool, string name, TimeProvider time) : IStatusSource
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_retryPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private DatabaseState _state = new(name, "unknown", null, null);

    public event Action? Changed;

    public List<DatabaseState> Databases => [_state];

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var found = await ProbeAsync(cancellation);
                if (found != _state)
                {
                    _state = found;
                    Changed?.Invoke();
                }
                await Task.Delay(found.State == "ok" ? s_period : s_retryPeriod, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    private async Task<DatabaseState> ProbeAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(s_timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            var session = await pool.TakeAsync(either.Token);
            try
            {
                return new DatabaseState(name, "ok", await VersionAsync(session, either.Token), null);
            }
            finally
            {
                await pool.ReturnAsync(session);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new DatabaseState(name, "unreachable", null, $"No answer within {s_timeout.TotalSeconds} s.");
        }
        catch (MySqlException e)
        {
            return new DatabaseState(name, "unreachable", null, e.Message);
        }
    }

    private static async Task<string?> VersionAsync(ClientSession session, CancellationToken cancellation)
    {
        try
        {
            await using var result = await session.QueryAsync("SELECT current_version()", cancellation);
            string? version = null;
            while (await result.ReadAsync(cancellation))
                version ??= result.GetText(0);
            return version;
        }
        catch (MySqlServerException)
        {
            return session.ServerVersion; // MySQL and MariaDB have no current_version().
        }
    }
}
