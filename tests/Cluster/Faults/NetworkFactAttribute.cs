using Outrider.Testing.Cluster;

namespace Outrider.Tests.Cluster.Faults;

/// <summary>A test that needs network namespaces; skipped, with the reason, where none can be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NetworkFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> s_obstacle = new(SiloNetwork.Obstacle);

    public NetworkFactAttribute() => Skip = s_obstacle.Value;
}
