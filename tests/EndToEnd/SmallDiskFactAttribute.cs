using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>A test that needs a disk it can fill; skipped, with the reason, where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> s_obstacle = new(SmallDisk.Obstacle);

    public SmallDiskFactAttribute() => Skip = s_obstacle.Value;
}
