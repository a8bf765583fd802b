using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Hosting;
using Outrider.Testing.Link;

namespace Outrider.Tests.Grains.Agents;

public sealed class AgentDirectoryTests
{
    [Fact]
    public async Task List_InPages_GivesEveryNameOnceInOrder()
    {
        await using var host = await TestHost.StartAsync(LinkGrains.Registry());
        var directory = host.Host.Grains.Get<IAgentDirectory>("demo");
        foreach (var name in new[] { "c", "a", "e", "b", "d", "a" })
            Assert.True((await directory.AddAsync(name, null)).Ok);
        await directory.RemoveAsync("d");
        await directory.RemoveAsync("never there");
        await host.CrashAsync();
        directory = host.Host.Grains.Get<IAgentDirectory>("demo");
        Assert.Equal(["a", "b"], await directory.ListAsync(null, 2));
        Assert.Equal(["c", "e"], await directory.ListAsync("b", 2));
        Assert.Equal(["e"], await directory.ListAsync("d", 10));
        Assert.Empty(await directory.ListAsync("e", 10));
        Assert.Empty(await directory.ListAsync(null, 0));
        Assert.Equal(4, await directory.CountAsync());
    }

    [Fact]
    public async Task Add_PastTheLimit_IsRefusedUnlessItIsThere()
    {
        await using var host = await TestHost.StartAsync(LinkGrains.Registry());
        var directory = host.Host.Grains.Get<IAgentDirectory>("demo");
        Assert.True((await directory.AddAsync("a", 1)).Ok);
        Assert.True((await directory.AddAsync("a", 1)).Ok);
        Assert.Equal(ProblemCodes.QuotaExceeded, (await directory.AddAsync("b", 1)).Problem?.Code);
    }
}
