namespace Outrider.Grains.Runtime;

/// <summary>Hands local objects to grains, which call them back.</summary>
public interface IObservers
{
    /// <summary>Makes a local object reachable until <see cref="Release{T}"/>. Re-attach periodically: grains forget references when they deactivate.</summary>
    ObserverRef<T> Register<T>(T target) where T : class, IGrainObserver;

    /// <summary>Ends what <see cref="Register{T}"/> began; later calls fail with <see cref="ObserverGoneException"/>.</summary>
    void Release<T>(ObserverRef<T> reference) where T : class, IGrainObserver;

    /// <summary>A caller's end. Calls to an object that is gone fail with <see cref="ObserverGoneException"/>.</summary>
    T Get<T>(ObserverRef<T> reference) where T : class, IGrainObserver;
}
