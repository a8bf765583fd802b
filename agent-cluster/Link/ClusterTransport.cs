using Outrider.Agent.Cluster.Configuration;
using Outrider.Agent.Link;
using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Cluster.Link;

/// <summary>
/// Links as clients of the centre's cluster. A client may call any grain of any tenant: only for machines that are trusted as the silos are.
/// </summary>
internal sealed class ClusterTransport(ClusterSettings settings, TimeProvider time) : ILinkTransport
{
    /// <summary>Results on their way, which lie in memory as a whole.</summary>
    private const long MaxPayloads = 64L * 1024 * 1024;

    private readonly PayloadBudget _budget = new(MaxPayloads);

    /// <summary>Problem: where the cluster is isn't said, or can't be used.</summary>
    public static Outcome<ILinkTransport> Create(string folder, Func<string, string?> variable, TimeProvider time)
    {
        var settings = ClusterConfiguration.Read(folder, variable);
        return settings.Ok ? new ClusterTransport(settings.Value, time) : settings.Problem;
    }

    /// <summary>Files cross the gateway's links only.</summary>
    public bool MovesFiles => false;

    public async Task<LinkEnd> RunAsync(LinkedAgent agent, CancellationToken stopping)
    {
        // As the gateway would: what it is asked for is in order.
        var form = LinkRegistration.From(agent.Hello);
        if (!form.Ok)
            return new LinkEnd(Registered: false, form.Problem);
        await using var cluster = new ClusterConnection(settings, time);
        if (await cluster.OpenAsync(stopping) is { } unreachable)
            return new LinkEnd(Registered: false, unreachable);
        using var link = new ClusterLink(cluster, agent, form.Value, _budget);
        return await link.RunAsync(stopping);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
