using System.Globalization;
using Outrider.Api.Health;

namespace Outrider.Silo.Orleans.Membership;

/// <summary>Whether this silo is an active member of its cluster, and of how many.</summary>
public sealed class ClusterCheck(IClusterMembershipService membership, ILocalSiloDetails self) : IReadinessCheck
{
    public string Name => "cluster";

    public Task<ReadinessResult> CheckAsync(CancellationToken cancellation)
    {
        var members = membership.CurrentSnapshot.Members;
        var active = members.Values.Count(member => member.Status is SiloStatus.Active);
        var status = members.TryGetValue(self.SiloAddress, out var own) ? own.Status : SiloStatus.None;
        return Task.FromResult(status is SiloStatus.Active
            ? new ReadinessResult(Name, ReadinessStatus.Ok, string.Create(CultureInfo.InvariantCulture, $"{active} silos active"))
            : new ReadinessResult(Name, ReadinessStatus.Failed, $"This silo is no active member of its cluster ({status.ToString().ToLowerInvariant()})."));
    }
}
