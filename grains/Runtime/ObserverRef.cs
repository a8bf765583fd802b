namespace Outrider.Grains.Runtime;

/// <summary>The address of a local object handed to grains. A plain value: it crosses calls and serializers as it is.</summary>
/// <param name="Address">Means something to the host that made it only.</param>
public sealed record ObserverRef<T>(string Address) where T : class, IGrainObserver;
