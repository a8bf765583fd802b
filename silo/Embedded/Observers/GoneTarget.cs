using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.Observers;

/// <summary>The target of a reference to an observer that isn't there.</summary>
internal sealed class GoneTarget(EmbeddedHost host, string address) : CallTarget
{
    internal override string Name => $"observer {address}";

    internal override EmbeddedHost Host => host;

    internal override void Send(Turn call) => call.Fail(ObserverTarget.Gone(address));
}
