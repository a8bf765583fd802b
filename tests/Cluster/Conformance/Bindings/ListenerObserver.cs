using Outrider.Silo.OrleansClient.Observers;
using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Cluster.Conformance.Bindings;

internal sealed class ListenerObserver(LocalObjects<IListener> listeners) : IListenerObserver
{
    public Task<string> HearAsync(string listener, string text, CancellationToken cancellation) => listeners.Find(listener).HearAsync(text, cancellation);

    public Task<string> HearPatientlyAsync(string listener, string text, CancellationToken cancellation) =>
        listeners.Find(listener).HearPatientlyAsync(text, cancellation);
}
