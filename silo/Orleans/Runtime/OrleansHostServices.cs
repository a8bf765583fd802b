using Orleans.Configuration;
using Outrider.Grains.Runtime;
using Outrider.Silo.Orleans.Feeds;
using Outrider.Silo.OrleansClient;
using Outrider.Silo.OrleansClient.Bindings;
using Outrider.Silo.OrleansClient.Calls;

namespace Outrider.Silo.Orleans.Runtime;

/// <summary>Runs plain grains on a silo.</summary>
public static class OrleansHostServices
{
    /// <summary>The ports on Orleans, for the grains of the silo and for what runs beside them.</summary>
    public static ISiloBuilder AddPlainGrains(this ISiloBuilder silo, ContractBindings bindings, CallOptions calls)
    {
        silo.Services.AddContracts(bindings, calls);
        silo.Services.AddSingleton<SiloPorts>();
        silo.Services.AddSingleton<FeedPost>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<FeedPost>());
        silo.Services.AddSingleton<IFeeds>(services => services.GetRequiredService<FeedPost>());
        silo.Services.AddScoped<ActivationPorts>();
        // The last resort behind the call filter's own deadlines.
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = CallFilter.LastResort);
        return silo;
    }
}
