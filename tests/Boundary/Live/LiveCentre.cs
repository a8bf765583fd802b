using Microsoft.Extensions.DependencyInjection;
using Outrider.Api.Live;
using Outrider.Grains.Tenancy;
using Outrider.Testing.Centre;
using Outrider.Testing.Link;

namespace Outrider.Tests.Boundary.Live;

/// <summary>A centre whose live feed is quick, with tenants <c>acme</c> and <c>evil</c>.</summary>
public sealed class LiveCentre : IAsyncDisposable
{
    private LiveCentre(TestCentre centre) => Centre = centre;

    public TestCentre Centre { get; }

    /// <summary>A viewer's key of acme.</summary>
    public string Key { get; private set; } = "";

    public static async Task<LiveCentre> StartAsync(TimeProvider? time = null, Action<LiveOptions>? change = null)
    {
        var live = new LiveCentre(await TestCentre.StartAsync(options => options with { Time = time ?? TimeProvider.System }));
        var options = live.Centre.App.Services.GetRequiredService<LiveOptions>();
        if (time is null)
            (options.UpdateInterval, options.AgentsInterval, options.ProofInterval) = (Quick, Quick, Quick);
        change?.Invoke(options);
        await live.Centre.CreateTenantAsync("acme");
        await live.Centre.CreateTenantAsync("evil");
        live.Key = await live.Centre.CreateKeyAsync("acme", Role.Viewer);
        return live;
    }

    private static TimeSpan Quick { get; } = TimeSpan.FromMilliseconds(20);

    public Task<PostingAgent> AgentAsync(string name, string tenant = "acme") => PostingAgent.EnrolAsync(Centre, tenant, name);

    public Task<RawViewer> ViewAsync() => RawViewer.ConnectAsync(Centre.Url, Key);

    public ValueTask DisposeAsync() => Centre.DisposeAsync();
}
