using Orleans.Concurrency;

namespace Outrider.Tests.Cluster.Conformance.Bindings;

public interface IListenerObserver : IGrainObserver
{
    [AlwaysInterleave]
    Task<string> HearAsync(string listener, string text, CancellationToken cancellation);

    [AlwaysInterleave]
    [Outrider.Grains.Runtime.CallDeadline(60)]
    Task<string> HearPatientlyAsync(string listener, string text, CancellationToken cancellation);
}
