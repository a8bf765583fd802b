using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

/// <summary>A local object of the test.</summary>
public interface IListener : IGrainObserver
{
    Task<string> HearAsync(string text, CancellationToken cancellation);
}
