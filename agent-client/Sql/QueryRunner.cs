using Outrider.Agent.Executors;
using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Sql;

/// <summary>Runs one statement within its limits and passes the rows on as they come. Whatever ends it early also kills it on the server.</summary>
internal sealed class QueryRunner(SessionPool pool, TimeProvider time)
{
    /// <summary>Never throws: a lost caller (<paramref name="cancellation"/>) ends as <c>canceled</c>.</summary>
    public async Task<QueryOutcome> RunAsync(string sql, SqlLimits limits, ITaskOutput sink, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(limits.TimeoutMs), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        ClientSession? session = null;
        try
        {
            session = await pool.TakeAsync(either.Token);
            return await StreamAsync(session, sql, limits, sink, either.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Failed(ProblemCodes.Canceled, "The query was cancelled and killed.");
        }
        catch (OperationCanceledException)
        {
            return Failed(ProblemCodes.TimedOut,
                $"The query took longer than {limits.TimeoutMs} ms and was killed. Ask for less, or allow more time (at most {SqlLimits.Default.TimeoutMs} ms).");
        }
        catch (MySqlServerException e)
        {
            return new(0, null, new Problem(ProblemCodes.SqlFailed, e.Message)
            {
                Details = new() { ["errno"] = $"{e.Code}", ["sqlstate"] = e.SqlState },
            });
        }
        catch (MySqlPacketTooLargeException e)
        {
            return Failed(ProblemCodes.PayloadTooLarge, $"{e.Message} Select fewer or shorter columns.");
        }
        catch (MySqlException e)
        {
            return Failed(ProblemCodes.DatabaseUnreachable, $"The agent can't use its database: {e.Message}");
        }
        finally
        {
            if (session is not null)
                await pool.ReturnAsync(session);
        }
    }

    private static async Task<QueryOutcome> StreamAsync(
        ClientSession session, string sql, SqlLimits limits, ITaskOutput sink, CancellationToken cancellation)
    {
        await using var result = await session.QueryAsync(sql, cancellation);
        var rows = new RowSender(sink, limits);
        rows.Begin(result);
        while (await result.ReadAsync(cancellation))
        {
            if (!rows.TryAdd(result))
                break;
            await rows.FlushIfFullAsync(cancellation);
        }
        await rows.FlushAsync(cancellation);
        return new(rows.Count, rows.Truncated, null);
    }

    private static QueryOutcome Failed(string code, string message) => new(0, null, new Problem(code, message));
}
