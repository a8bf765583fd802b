using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Outrider.Grains.Runtime;
using Outrider.Silo.OrleansClient.Bindings;
using Outrider.Silo.OrleansClient.Calls;
using Outrider.Silo.OrleansClient.Observers;
using Outrider.Silo.OrleansClient.Serialization;

namespace Outrider.Silo.OrleansClient;

/// <summary>What a silo and a client of a cluster both register.</summary>
public static class OrleansClientServices
{
    /// <summary>The contracts, their codec, and <see cref="IGrains"/> and <see cref="IObservers"/> over Orleans.</summary>
    public static IServiceCollection AddContracts(this IServiceCollection services, ContractBindings bindings, CallOptions calls)
    {
        services.AddSingleton(bindings);
        services.AddSingleton(calls);
        services.AddSingleton<IGrains, OrleansGrains>();
        services.AddSingleton<IObservers, OrleansObservers>();
        services.AddSingleton<Orleans.IOutgoingGrainCallFilter, CallFilter>();
        services.AddSingleton<ITypeNameFilter, ContractTypes>();
        services.AddSingleton<Orleans.Serialization.Cloning.IGeneralizedCopier, SharedCopier>();
        services.AddSerializer(serializer => serializer.AddJsonSerializer(
            ContractTypes.Has, static _ => false, json => json.Configure(codec => codec.SerializerOptions = ContractJson.Options)));
        // Of any kind: what a driver throws inside of one of ours must not turn the whole into a failure of the codec. Whoever doesn't have
        // the type still gets its message.
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedExceptionTypeFilter = static _ => true);
        return services;
    }
}
