using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

/// <summary>A local object of the test.</summary>
public interface IListener : IGrainObserver
{
    Task<string> HearAsync(string text, CancellationToken cancellation);

    /// <summary>As <see cref="HearAsync"/>, with a deadline of twice the host's.</summary>
    [CallDeadline(60)]
    Task<string> HearPatientlyAsync(string text, CancellationToken cancellation);
}
