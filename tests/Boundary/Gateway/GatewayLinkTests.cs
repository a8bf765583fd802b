using Outrider.Api.Gateway;
using Outrider.Grains.Agents;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Link;

namespace Outrider.Tests.Boundary.Gateway;

/// <summary>Enrolment, one live link, revocation, status: over real sockets.</summary>
public sealed class GatewayLinkTests
{
    [Fact]
    public async Task Register_NewAgentWithToken_AgreesOnVersionCapabilitiesAndIntervals()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await RawAgent.DialAsync(host.Url);
        var hello = RawAgent.Hello("db-1", RawAgent.NewCredential(), host.Token);
        var agreed = await agent.RegisterAsync(hello with { Facts = hello.Facts with { Capabilities = ["sql", "dance"] } });
        Assert.Equal((1, true, 30, 10), (agreed.Version, agreed.Enrolled, agreed.Config.HeartbeatSeconds, agreed.Config.ReportSeconds));
        Assert.Equal(["sql"], agreed.Capabilities);
    }

    [Fact]
    public async Task Register_OnceEnrolled_NeedsNoToken()
    {
        await using var host = await GatewayHost.StartAsync();
        var credential = RawAgent.NewCredential();
        await using (await RawAgent.LinkAsync(host.Url, RawAgent.Hello("db-1", credential, host.Token)))
        {
        }
        await using var again = await RawAgent.DialAsync(host.Url);
        var agreed = await again.RegisterAsync(RawAgent.Hello("db-1", credential, boot: "boot-2"));
        Assert.False(agreed.Enrolled);
    }

    [Fact]
    public async Task Register_NameTakenByAnotherCredential_SaysWhatToDo()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var first = await host.LinkAsync("db-1");
        var refused = await RawAgent.RefusedAsync(host.Url, RawAgent.Hello("db-1", RawAgent.NewCredential(), host.Token));
        Assert.Equal(ProblemCodes.AgentExists, refused.Code);
        Assert.Contains("OUTRIDER_AGENT_NAME", refused.Message, StringComparison.Ordinal);
        Assert.Contains("revoke", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_SecondAgentWhileTheFirstAnswers_IsRefused()
    {
        await using var host = await GatewayHost.StartAsync();
        var credential = RawAgent.NewCredential();
        await using var first = await RawAgent.LinkAsync(host.Url, RawAgent.Hello("db-1", credential, host.Token));
        var second = RawAgent.RefusedAsync(host.Url, RawAgent.Hello("db-1", credential, boot: "boot-2"));
        var ping = await first.ReceiveAsync();
        Assert.IsType<Heartbeat>(ping.Data);
        await first.SendAsync(new Ack(), ping.Id);
        var refused = await second;
        Assert.Equal((ProblemCodes.AgentConnected, 30), (refused.Code, refused.RetryAfterSeconds));
        await AssertLinkedAsync(host, "db-1");
    }

    [Fact]
    public async Task Register_SecondAgentWhileTheFirstIsMute_IsLetInAfterThePing()
    {
        await using var host = await GatewayHost.StartAsync();
        var credential = RawAgent.NewCredential();
        await using var first = await RawAgent.LinkAsync(host.Url, RawAgent.Hello("db-1", credential, host.Token));
        var second = RawAgent.LinkAsync(host.Url, RawAgent.Hello("db-1", credential, boot: "boot-2"));
        await first.ReceiveAsync<Heartbeat>();
        host.Time.Advance(TimeSpan.FromSeconds(3));
        await using var linked = await second;
        Assert.Equal(ProblemCodes.Conflict, (await first.ClosedAsync()).Code);
        await AssertLinkedAsync(host, "db-1");
    }

    [Fact]
    public async Task Register_AfterTheAgentWasKilled_IsLetInAtOnce()
    {
        await using var host = await GatewayHost.StartAsync();
        var credential = RawAgent.NewCredential();
        await using var first = await RawAgent.LinkAsync(host.Url, RawAgent.Hello("db-1", credential, host.Token));
        first.Abort();
        await using var second = await RawAgent.LinkAsync(host.Url, RawAgent.Hello("db-1", credential, boot: "boot-2"));
        await AssertLinkedAsync(host, "db-1");
    }

    [Fact]
    public async Task Register_SameProcessAgain_ReplacesItsHalfDeadLink()
    {
        await using var host = await GatewayHost.StartAsync();
        var hello = RawAgent.Hello("db-1", RawAgent.NewCredential(), host.Token);
        await using var first = await RawAgent.LinkAsync(host.Url, hello);
        await using var second = await RawAgent.LinkAsync(host.Url, hello);
        Assert.Equal(ProblemCodes.Conflict, (await first.ClosedAsync()).Code);
        await AssertLinkedAsync(host, "db-1");
    }

    [Fact]
    public async Task Revoke_LinkedAgent_ClosesItAndKeepsItOut()
    {
        await using var host = await GatewayHost.StartAsync();
        var hello = RawAgent.Hello("db-1", RawAgent.NewCredential(), host.Token);
        await using var agent = await RawAgent.LinkAsync(host.Url, hello);
        await host.Agent("db-1").RevokeAsync();
        Assert.Equal(ProblemCodes.AgentRevoked, (await agent.ClosedAsync()).Code);
        Assert.Equal(ProblemCodes.AgentRevoked, (await RawAgent.RefusedAsync(host.Url, hello)).Code);
        await using var anew = await host.LinkAsync("db-1");
    }

    [Fact]
    public async Task Tenant_DisabledWhileLinked_ClosesTheLinkAtTheNextPulse()
    {
        await using var host = await GatewayHost.StartAsync();
        var hello = RawAgent.Hello("db-1", RawAgent.NewCredential(), host.Token);
        await using var agent = await RawAgent.LinkAsync(host.Url, hello);
        await host.Grains.Host.Grains.Get<ITenant>("demo").UpdateAsync(new TenantUpdate { Enabled = false });
        host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ProblemCodes.TenantDisabled, (await agent.ClosedAsync()).Code);
        Assert.Equal(ProblemCodes.TenantDisabled, (await RawAgent.RefusedAsync(host.Url, hello)).Code);
    }

    [Fact]
    public async Task Status_OfALinkedAgent_CarriesItsDatabases()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("db-1");
        await agent.SendAsync(new AgentStatusReport { Databases = [new DatabaseState("starrocks", "ok", "3.3.5")] });
        // An answer comes after what was said before it.
        await agent.SendAsync(new Heartbeat(), "asked");
        await agent.ReceiveAsync<Ack>();
        await host.UntilAsync(async () => (await host.Agent("db-1").GetAsync()).Value!.Databases is not []);
        var view = (await host.Agent("db-1").GetAsync()).Value!;
        Assert.Equal(new DatabaseState("starrocks", "ok", "3.3.5"), view.Databases.Single());
        Assert.Equal(AgentStatus.Online, view.Status);
    }

    [Fact]
    public async Task Status_OfAKilledAgent_IsDegradedAtOnceAndOfflineInTime()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("db-1");
        var degraded = new TaskCompletionSource();
        await using var feed = await host.Grains.Host.Feeds.SubscribeAsync<AgentStatusChange>(AgentStatusChange.Feed, "demo/db-1", change =>
        {
            degraded.TrySetResult();
            return Task.CompletedTask;
        });
        agent.Abort();
        await degraded.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(AgentStatus.Degraded, (await host.Agent("db-1").GetAsync()).Value!.Status);
        host.Time.Advance(AgentStatuses.OfflineAfter);
        Assert.Equal(AgentStatus.Offline, (await host.Agent("db-1").GetAsync()).Value!.Status);
    }

    [Fact]
    public async Task Stop_OfTheCentre_TellsItsAgents()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("db-1");
        var stopping = host.StopAsync();
        var error = await agent.ClosedAsync();
        Assert.Equal((ProblemCodes.Unavailable, 2), (error.Code, error.RetryAfterSeconds));
        // This agent doesn't close its end: it is given up in time.
        host.Time.Advance(new GatewayOptions().CloseTimeout);
        await stopping.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static async Task AssertLinkedAsync(GatewayHost host, string agent) =>
        Assert.Null((await host.Agent(agent).UseLinkAsync()).Problem);
}
