using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Cluster.Conformance.Bindings;

internal sealed class ListenerReference(IListenerObserver holder, string listener) : IListener
{
    public Task<string> HearAsync(string text, CancellationToken cancellation) => holder.HearAsync(listener, text, cancellation);

    public Task<string> HearPatientlyAsync(string text, CancellationToken cancellation) => holder.HearPatientlyAsync(listener, text, cancellation);
}
