using Outrider.Silo.Embedded.Activations;
using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded;

/// <summary>How grains of one contract are called and made.</summary>
internal sealed record GrainRegistration(
    string Name, Type Contract, Func<CallTarget, object> Reference, Func<IActivation, object> Create);
