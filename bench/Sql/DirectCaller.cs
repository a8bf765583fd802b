using Outrider.MySql.Client;

namespace Outrider.Bench.Sql;

/// <summary>The peer: straight to the database by the same client.</summary>
internal sealed class DirectCaller(ClientSession session, string sql) : ICaller
{
    public static async Task<ICaller> ConnectAsync(ClientOptions options, string sql) =>
        new DirectCaller(await ClientSession.ConnectAsync(options, CancellationToken.None), sql);

    public async Task AskAsync()
    {
        await using var result = await session.QueryAsync(sql, CancellationToken.None);
        while (await result.ReadAsync(CancellationToken.None))
        {
        }
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();
}
