namespace Outrider.Grains.Runtime;

/// <summary>Where references to grains come from.</summary>
public interface IGrains
{
    /// <summary>A reference to the grain of this key. It needs no creation; the first call activates it.</summary>
    /// <remarks>A call that isn't answered within the call deadline (30 s, or the method's own <see cref="CallDeadlineAttribute"/>) fails with <see cref="TimeoutException"/>.</remarks>
    TGrain Get<TGrain>(string key) where TGrain : class, IGrain;
}
