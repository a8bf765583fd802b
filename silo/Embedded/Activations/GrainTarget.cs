using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.Activations;

/// <summary>The target of a grain reference. Remembers the activation, which may have ended since.</summary>
internal sealed class GrainTarget(GrainKind kind, string key) : CallTarget
{
    private Activation? _found;

    internal override string Name => $"{kind.Name} {key}";

    internal override EmbeddedHost Host => kind.Host;

    internal override void Send(Turn call) => kind.Send(key, call, ref _found);
}
