using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

/// <summary>Calls an observer back.</summary>
public interface ICaller : IGrain
{
    Task AttachAsync(ObserverRef<IListener> listener);

    /// <summary>Lets the observer hear a text.</summary>
    /// <returns>Its answer; "gone" when it is gone; "failed: …" when it failed.</returns>
    Task<string> TellAsync(string text, CancellationToken cancellation);

    /// <summary>Tells many texts at once.</summary>
    Task<List<string>> TellAllAsync(List<string> texts);
}
