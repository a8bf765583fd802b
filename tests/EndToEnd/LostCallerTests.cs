using Outrider.MySql.Client;
using Outrider.Testing.MariaDb;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>Nobody waits for the query any more: it ends on a real database, not only in our books.</summary>
public sealed class LostCallerTests
{
    private const string Heavy =
        "SELECT COUNT(*) FROM information_schema.columns a, information_schema.columns b, information_schema.columns c, information_schema.columns d";

    [Fact]
    public async Task Query_CallerHangsUp_IsKilledOnTheDatabase()
    {
        await using var maria = await MariaDbServer.StartAsync();
        await using var stack = await OutriderStack.StartAsync("127.0.0.1", maria.Port, "root", MariaDbServer.RootPassword);
        using var caller = new CancellationTokenSource();
        var query = stack.QueryAsync(Heavy, caller.Token);
        await UntilAsync(maria, running: true);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        await UntilAsync(maria, running: false);
    }

    [Fact]
    public async Task Query_CentreDies_IsKilledOnTheDatabase()
    {
        await using var maria = await MariaDbServer.StartAsync();
        await using var stack = await OutriderStack.StartAsync("127.0.0.1", maria.Port, "root", MariaDbServer.RootPassword);
        var query = stack.QueryAsync(Heavy);
        await UntilAsync(maria, running: true);

        await stack.Centre.KillAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => query);
        await UntilAsync(maria, running: false);
    }

    /// <summary>The database raises no event, so this asks it.</summary>
    private static async Task UntilAsync(MariaDbServer maria, bool running)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var session = await ClientSession.ConnectAsync(maria.Root, deadline.Token);
        while (await RunsAsync(session, deadline.Token) != running)
            await Task.Yield();
    }

    private static async Task<bool> RunsAsync(ClientSession session, CancellationToken cancellation)
    {
        await using var result = await session.QueryAsync("SHOW FULL PROCESSLIST", cancellation);
        var runs = false;
        while (await result.ReadAsync(cancellation))
            runs |= result.GetText(7) == Heavy;
        return runs;
    }
}
