namespace Outrider.Grains.Runtime;

/// <summary>The durable state of one grain, read before it activates.</summary>
public interface IGrainState<T> where T : class, new()
{
    /// <summary>The state as this activation knows it; a new <typeparamref name="T"/> when nothing was saved.</summary>
    T Value { get; set; }

    /// <summary>Whether something is saved.</summary>
    bool Exists { get; }

    /// <summary>
    /// Saves <see cref="Value"/>; when it returns, the state survives a crash. Throws <see cref="StateConflictException"/> when
    /// somebody else has saved since it was read; the activation then ends and the next call reads anew.
    /// </summary>
    Task SaveAsync(CancellationToken cancellation = default);

    /// <summary>Removes what was saved and starts over with a new <typeparamref name="T"/>. Conflicts as <see cref="SaveAsync"/>.</summary>
    Task ClearAsync(CancellationToken cancellation = default);
}
