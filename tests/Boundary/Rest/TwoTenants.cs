using Microsoft.Extensions.DependencyInjection;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Tenancy;
using Outrider.Testing.Centre;
using Outrider.Testing.Scenarios;

namespace Outrider.Tests.Boundary.Rest;

/// <summary>A centre with tenant <c>acme</c>, which has a report <c>r1</c> of an agent <c>prod-1</c>, a tenant <c>evil</c>, and a disabled one.</summary>
public sealed class TwoTenants : IAsyncLifetime
{
    public TestCentre Centre { get; private set; } = null!;

    /// <summary>Keys of acme by role.</summary>
    public Dictionary<Role, string> Acme { get; } = [];

    public string EvilAdmin { get; private set; } = "";

    public string Revoked { get; private set; } = "";

    public string Token { get; private set; } = "";

    public string Disabled { get; private set; } = "";

    public string PlatformKey => Centre.Platform.DefaultRequestHeaders.Authorization!.Parameter!;

    public async Task InitializeAsync()
    {
        Centre = await TestCentre.StartAsync();
        await Centre.CreateTenantAsync("acme");
        await Centre.CreateTenantAsync("evil");
        await Centre.CreateTenantAsync("off");
        foreach (var role in new[] { Role.Viewer, Role.Operator, Role.Admin })
            Acme[role] = await Centre.CreateKeyAsync("acme", role, $"{role}");
        EvilAdmin = await Centre.CreateKeyAsync("evil", Role.Admin);
        Token = await Centre.CreateTokenAsync("acme");
        Revoked = await Centre.CreateKeyAsync("acme", Role.Admin, "revoked");
        await Centre.Grains.Get<ITenant>("acme").RevokeKeyAsync(Revoked.Split('.')[2]);
        Disabled = await Centre.CreateKeyAsync("off", Role.Admin);
        await Centre.Grains.Get<ITenant>("off").UpdateAsync(new TenantUpdate { Enabled = false });
        await Centre.App.Services.GetRequiredService<IReportStore>().SaveAsync("acme", Reports.Some("r1", "prod-1"), new byte[] { 1 }, default);
    }

    public async Task DisposeAsync() => await Centre.DisposeAsync();
}
