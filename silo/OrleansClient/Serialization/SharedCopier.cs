using Orleans.Serialization.Cloning;

namespace Outrider.Silo.OrleansClient.Serialization;

/// <summary>Within a process, contract values are shared and not copied: they are immutable, as on the embedded host.</summary>
internal sealed class SharedCopier : IGeneralizedCopier
{
    public bool IsSupportedType(Type type) => ContractTypes.Has(type);

    public object? DeepCopy(object? input, CopyContext context) => input;
}
