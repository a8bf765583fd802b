using Outrider.MySql.Client;

namespace Outrider.Tests.Boundary.MySql;

/// <summary>Short forms of what most tests do with a session.</summary>
internal static class SessionQueries
{
    /// <summary>All rows of a result as text.</summary>
    public static async Task<List<string?[]>> RowsAsync(this ClientSession session, string sql)
    {
        using var deadline = Deadline.Start();
        await using var result = await session.QueryAsync(sql, deadline.Token);
        var rows = new List<string?[]>();
        while (await result.ReadAsync(deadline.Token))
            rows.Add([.. Enumerable.Range(0, result.Columns.Count).Select(result.GetText)]);
        return rows;
    }

    /// <summary>The one cell of a result.</summary>
    public static async Task<string?> ScalarAsync(this ClientSession session, string sql) =>
        Assert.Single(Assert.Single(await session.RowsAsync(sql)));
}
