using System.Net;
using Outrider.Silo.OrleansClient.Security;

namespace Outrider.Agent.Cluster.Configuration;

/// <summary>Where the cluster is. Either <see cref="Gateways"/> are given or <see cref="Database"/> is.</summary>
internal sealed record ClusterSettings
{
    /// <summary>The cluster's name, as its silos have it.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Where silos take clients, if that is written down; null: the database says it.</summary>
    public IReadOnlyList<IPEndPoint>? Gateways { get; init; }

    /// <summary>The database in which the silos keep their membership; only read.</summary>
    public MembershipDatabase? Database { get; init; }

    /// <summary>Null: in clear.</summary>
    public ClusterTls? Tls { get; init; }
}
