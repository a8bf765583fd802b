using Outrider.Grains.Agents;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;
using Outrider.Silo.Embedded;
using Outrider.Testing.Hosting;

namespace Outrider.Tests.Grains.Tenancy;

public sealed class TenantTests : IAsyncLifetime
{
    private TestHost _host = null!;

    private ITenant Tenant => _host.Host.Grains.Get<ITenant>("acme");

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(new GrainRegistry()
        .Add<ITenant>("tenant", a => new Tenant(a.Context, a.State<TenantState>()))
        .Add<ITenantDirectory>("tenant_directory", a => new TenantDirectory(a.Context, a.State<TenantDirectoryState>()))
        .Add<IAgentDirectory>("agent_directory", a => new AgentDirectory(a.Context, a.State<AgentDirectoryState>())),
        // Whole months pass here.
        change: options => options with { SweepPeriod = TimeSpan.FromHours(6) });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Create_Twice_ConflictsAndListsOnce()
    {
        Assert.Equal("Acme", (await CreateAsync()).Name);
        Assert.Equal(ProblemCodes.Conflict, (await Tenant.CreateAsync(new TenantProfile { Name = "Other" })).Problem!.Code);

        await _host.CrashAsync();
        Assert.Equal(["acme"], await _host.Host.Grains.Get<ITenantDirectory>(ITenantDirectory.TheOne).ListAsync());
        Assert.Equal("Acme", (await Tenant.GetAsync()).Value!.Name);
    }

    [Fact]
    public async Task AnyCall_NoSuchTenant_SaysSoAndStoresNothing()
    {
        Assert.Equal(ProblemCodes.TenantNotFound, (await Tenant.GetAsync()).Problem!.Code);
        Assert.Equal(ProblemCodes.TenantNotFound, (await Tenant.UpdateAsync(new TenantUpdate { Enabled = true })).Problem!.Code);
        Assert.Equal(ProblemCodes.TenantNotFound, (await Tenant.CountQueriesAsync(1)).Problem!.Code);
        Assert.Equal(ProblemCodes.TenantNotFound, (await Tenant.GetAgentSettingsAsync()).Problem!.Code);
        Assert.Equal(ProblemCodes.TenantNotFound, (await Tenant.IssueKeyAsync(new ApiKeyRequest("k", Role.Admin, null))).Problem!.Code);
        await Tenant.ForgetAgentAsync("a");

        Assert.Null(await _host.States.ReadAsync("tenant", "acme", default));
    }

    [Fact]
    public async Task IssueKey_AfterCrash_AuthenticatesAndKeepsNoSecret()
    {
        await CreateAsync();
        var key = await IssueAsync();
        await _host.CrashAsync();

        Assert.Equal(new Caller("acme", key.Id, Role.Operator), (await Tenant.AuthenticateAsync(key.Id, key.Hash)).Value);
        var stored = (await _host.States.ReadAsync("tenant", "acme", default))!.State;
        Assert.DoesNotContain(key.Secret, System.Text.Encoding.UTF8.GetString(stored));
    }

    [Fact]
    public async Task RevokeKey_WhileTheReplacementLives_EndsOnlyTheOldOne()
    {
        await CreateAsync();
        var (old, replacement) = (await IssueAsync(), await IssueAsync());
        Assert.True((await Tenant.AuthenticateAsync(old.Id, old.Hash)).Ok);

        await Tenant.RevokeKeyAsync(old.Id);

        Assert.Equal(ProblemCodes.Unauthenticated, (await Tenant.AuthenticateAsync(old.Id, old.Hash)).Problem!.Code);
        Assert.True((await Tenant.AuthenticateAsync(replacement.Id, replacement.Hash)).Ok);
    }

    [Fact]
    public async Task Authenticate_AtExpiry_IsRefused()
    {
        await CreateAsync();
        var key = await IssueAsync(_host.Time.GetUtcNow().AddDays(90));

        _host.Time.Advance(TimeSpan.FromDays(90) - TimeSpan.FromSeconds(1));
        Assert.True((await Tenant.AuthenticateAsync(key.Id, key.Hash)).Ok);
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ProblemCodes.Unauthenticated, (await Tenant.AuthenticateAsync(key.Id, key.Hash)).Problem!.Code);
    }

    [Fact]
    public async Task Update_Disabled_ShutsKeysAgentsAndQueriesOut()
    {
        await CreateAsync();
        var (key, token) = (await IssueAsync(), await TokenAsync());
        await Tenant.UpdateAsync(new TenantUpdate { Enabled = false });

        Assert.Equal(ProblemCodes.TenantDisabled, (await Tenant.AuthenticateAsync(key.Id, key.Hash)).Problem!.Code);
        Assert.Equal(ProblemCodes.TenantDisabled, (await Tenant.AdmitAgentAsync(token.Id, token.Hash, "a")).Problem!.Code);
        Assert.Equal(ProblemCodes.TenantDisabled, (await Tenant.CountQueriesAsync(1)).Problem!.Code);
        Assert.Equal(ProblemCodes.TenantDisabled, (await Tenant.GetAgentSettingsAsync()).Problem!.Code);
    }

    [Fact]
    public async Task Update_WhatIsNull_Stays()
    {
        await Tenant.CreateAsync(new TenantProfile { Name = "Acme", Description = "d", AgentUrl = "http://x" });

        var view = (await Tenant.UpdateAsync(new TenantUpdate { AgentUrl = "" })).Value!;

        Assert.Equal(("Acme", "d", true, null), (view.Name, view.Description, view.Enabled, view.AgentUrl));
    }

    [Fact]
    public async Task AdmitAgent_AskedAgainAfterCrash_CountsOnce()
    {
        await CreateAsync();
        var token = await TokenAsync(maxUses: 2);
        Assert.True((await Tenant.AdmitAgentAsync(token.Id, token.Hash, "a")).Ok);
        await _host.CrashAsync();
        Assert.True((await Tenant.AdmitAgentAsync(token.Id, token.Hash, "a")).Ok);
        Assert.True((await Tenant.AdmitAgentAsync(token.Id, token.Hash, "b")).Ok);

        Assert.Equal(ProblemCodes.EnrolmentRefused, (await Tenant.AdmitAgentAsync(token.Id, token.Hash, "c")).Problem!.Code);
        var view = (await Tenant.GetAsync()).Value!;
        Assert.Equal((2, 2), (view.EnrolmentTokens.Single().Uses, view.Usage.Agents));
    }

    [Fact]
    public async Task AdmitAgent_BeyondTheQuota_IsNoUse()
    {
        await CreateAsync(new TenantQuotas { Agents = 1 });
        var token = await TokenAsync();
        await Tenant.AdmitAgentAsync(token.Id, token.Hash, "a");

        Assert.Equal(ProblemCodes.QuotaExceeded, (await Tenant.AdmitAgentAsync(token.Id, token.Hash, "b")).Problem!.Code);
        Assert.Equal(1, (await Tenant.GetAsync()).Value!.EnrolmentTokens.Single().Uses);
    }

    [Fact]
    public async Task CountQueries_Crash_CountsAtMostTheReservationTooMany()
    {
        await CreateAsync();
        await Tenant.CountQueriesAsync(7);
        await _host.CrashAsync();

        Assert.InRange(await QueriesAsync(), 7, 7 + QueryCount.MaxAhead);
    }

    [Fact]
    public async Task CountQueries_OrderlyRestart_CountsExactly()
    {
        await CreateAsync();
        await Tenant.CountQueriesAsync(7);
        await _host.RestartAsync();

        Assert.Equal(7, await QueriesAsync());
    }

    [Fact]
    public async Task CountQueries_CrashInEveryStep_NeverLetsMoreInThanTheQuota()
    {
        await CreateAsync(new TenantQuotas { QueriesPerMonth = 50 });
        var admitted = 0;
        while ((await Tenant.CountQueriesAsync(1)).Ok)
        {
            admitted++;
            await _host.CrashAsync();
        }

        Assert.InRange(admitted, 20, 50);
        Assert.InRange(await QueriesAsync(), admitted, 50);
    }

    [Fact]
    public async Task CountQueries_NextMonth_StartsAnew()
    {
        await CreateAsync(new TenantQuotas { QueriesPerMonth = 3 });
        Assert.True((await Tenant.CountQueriesAsync(3)).Ok);
        var refused = (await Tenant.CountQueriesAsync(1)).Problem!;
        Assert.Equal(31 * 24 * 3600, refused.RetryAfterSeconds);

        _host.Time.Advance(TimeSpan.FromSeconds(refused.RetryAfterSeconds!.Value));

        Assert.True((await Tenant.CountQueriesAsync(1)).Ok);
        Assert.Equal(("2026-02", 1L), ((await Tenant.GetAsync()).Value!.Usage.Month, await QueriesAsync()));
    }

    private async Task<TenantView> CreateAsync(TenantQuotas? quotas = null) =>
        (await Tenant.CreateAsync(new TenantProfile { Name = "Acme", Quotas = quotas ?? new() })).Value!;

    private async Task<Credential> IssueAsync(DateTimeOffset? expiresAt = null) =>
        Parse(await Tenant.IssueKeyAsync(new ApiKeyRequest("ci", Role.Operator, expiresAt)));

    private async Task<Credential> TokenAsync(int? maxUses = null) =>
        Parse(await Tenant.IssueEnrolmentTokenAsync(new EnrolmentTokenRequest(["*"], null, maxUses)));

    private static Credential Parse(Outcome<IssuedCredential> issued) =>
        Credential.TryParse(issued.Value!.Secret, out var credential) ? credential : throw new FormatException();

    private async Task<long> QueriesAsync() => (await Tenant.GetAsync()).Value!.Usage.Queries;
}
