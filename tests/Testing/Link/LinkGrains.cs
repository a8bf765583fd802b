using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;
using Outrider.Grains.Metrics;
using Outrider.Grains.Tenancy;
using Outrider.Silo.Embedded;
using Outrider.Testing.Alerts;
using Outrider.Testing.Metrics;
using AgentGrain = Outrider.Grains.Agents.Agent;

namespace Outrider.Testing.Link;

/// <summary>The grains that a link needs.</summary>
public static class LinkGrains
{
    /// <param name="metrics">Null: one that nobody looks into.</param>
    public static GrainRegistry Registry(IMetricStore? metrics = null) => new GrainRegistry()
        .Add<ITenant>("tenant", a => new Tenant(a.Context, a.State<TenantState>()))
        .Add<ITenantDirectory>("tenant-directory", a => new TenantDirectory(a.Context, a.State<TenantDirectoryState>()))
        .Add<IAgent>("agent", a => new AgentGrain(a.Context, a.State<AgentState>(), metrics ??= new MemoryMetricStore()))
        .Add<IAgentDirectory>("agent-directory", a => new AgentDirectory(a.Context, a.State<AgentDirectoryState>()))
        .Add<IAlertEvaluation>("alert-evaluation", _ => new NoEvaluation());

    /// <summary>Makes a tenant and returns an enrolment token of it, as its holder has it.</summary>
    public static async Task<string> CreateTenantAsync(this EmbeddedHost host, string tenant, string pattern = "*", int? agents = null)
    {
        var grain = host.Grains.Get<ITenant>(tenant);
        await grain.CreateAsync(new TenantProfile { Name = tenant, Quotas = new TenantQuotas { Agents = agents } });
        var issued = await grain.IssueEnrolmentTokenAsync(new EnrolmentTokenRequest([pattern], null, null));
        return issued.Value!.Secret;
    }
}
