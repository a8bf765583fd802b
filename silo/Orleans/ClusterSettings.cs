using System.Net;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Storage;
using Outrider.Silo.Orleans.Configuration;
using Outrider.Silo.Orleans.Database;
using Outrider.Silo.Orleans.Membership;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;
using Outrider.Silo.OrleansClient.Calls;

namespace Outrider.Silo.Orleans;

/// <summary>Orleans as a silo runs it: who it is, whom it talks to and where it keeps what.</summary>
internal static class ClusterSettings
{
    /// <summary>Orleans' own storage, behind <see cref="GrainStateStorage"/>.</summary>
    private const string Rows = "rows";

    public static void Configure(ISiloBuilder silo, SiloSettings options, ClusterDatabase database)
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
        silo.Configure<EndpointOptions>(endpoints => Listen(endpoints, options));
        silo.Configure<ClusterMembershipOptions>(MembershipSettings.Apply);
        // Who asks a trusted agent that has died waits so long for it to come back, up to twice.
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ClientDropTimeout = TimeSpan.FromSeconds(10));
        silo.Services.AddSingleton<IFatalErrorHandler, SiloEnd>();
        if (options.SiloTlsCertificate is not null)
            SiloTls.Use(silo, options);
        UseDatabase(silo, database);
        silo.AddPlainGrains(ContractBindings.Create(), new CallOptions { Time = options.Time });
        // Orleans' first directory also deactivates healthy grains of other silos when one is killed.
#pragma warning disable ORLEANSEXP003 // For evaluation: it is measured in docs/operations.md
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = MembershipSettings.Lease);
        silo.AddDashboard(dashboard => dashboard.HideTrace = true);
        if (options.OtlpEndpoint is not null)
            silo.AddActivityPropagation();
    }

    private static void Listen(EndpointOptions endpoints, SiloSettings options)
    {
        endpoints.AdvertisedIPAddress = options.SiloAddress;
        endpoints.SiloPort = options.SiloPort;
        endpoints.SiloListeningEndpoint = new IPEndPoint(options.SiloAddress, options.SiloPort);
        endpoints.GatewayPort = options.TrustedClients ? options.ClientPort : 0;
        if (options.TrustedClients)
            endpoints.GatewayListeningEndpoint = new IPEndPoint(options.SiloAddress, options.ClientPort);
    }

    private static void UseDatabase(ISiloBuilder silo, ClusterDatabase database)
    {
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (database.Invariant, database.Connection));
        silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.ConnectionString) = (database.Invariant, database.Connection));
        silo.AddAdoNetGrainStorage(Rows, storage =>
        {
            (storage.Invariant, storage.ConnectionString) = (database.Invariant, database.StateConnection);
            storage.GrainStorageSerializer = new StateSerializer();
            // A grain that is gone leaves no row behind.
            storage.DeleteStateOnClear = true;
        });
        silo.Services.AddKeyedSingleton<IGrainStorage>(
            "Default", (services, _) => new GrainStateStorage(services.GetRequiredKeyedService<IGrainStorage>(Rows)));
        silo.Services.AddSingleton(services => services.GetRequiredKeyedService<IGrainStorage>("Default"));
    }
}
