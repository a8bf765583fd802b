using System.Diagnostics.CodeAnalysis;
using Outrider.Api.Health;
using Outrider.Grains.Alerts;
using Outrider.Grains.Audit;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Credentials;
using Outrider.Silo.Hosting;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Orleans.Configuration;
using Outrider.Silo.Orleans.Dashboard;
using Outrider.Silo.Orleans.Database;
using Outrider.Silo.Orleans.Membership;
using Outrider.Silo.Orleans.Telemetry;
using Outrider.Storage.Shared;

namespace Outrider.Silo.Orleans;

/// <summary>The composition of a silo: a node of a cluster that is the centre as a whole.</summary>
public static class Centre
{
    /// <summary>Builds a silo that isn't started yet.</summary>
    /// <exception cref="CentreException">A file that the options name can't be used.</exception>
    public static WebApplication Build(SiloSettings options)
    {
        var builder = FrontDoors.CreateBuilder(options);
        // What Orleans tells beyond that is for its own developers; its Silo warns of a garbage collector that is chosen on purpose.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        builder.Services.AddSingleton(options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain.InOrder);
        var database = AddStorage(builder.Services, options);
        // In this order they start: what can go wrong, what grains need, then Orleans, then what calls grains, and the listener last.
        builder.Services.AddHostedService<Drain>();
        builder.Services.AddHostedService<SiloStart>();
        MetricStorage.Add(builder.Services, s =>
        {
            var backend = new SharedMetricBackend(s.GetRequiredService<ClusterDatabase>().Shared);
            return new MetricStorage(backend, backend, options.Time);
        });
        builder.Services.AddRetention();
        builder.UseOrleans(silo => ClusterSettings.Configure(silo, options, database));
        builder.Services.AddTaskSweep(TaskSweep.InCluster);
        if (options.TenantsFile is { } file)
            builder.Services.AddTenantsFile(file);
        builder.Services.AddFrontDoors(options, Credential.TryParse(options.PlatformKey, out var key) ? key : throw new CentreException("platform_key is missing."));
        if (options.OtlpEndpoint is not null)
            builder.Services.AddSingleton<OtlpExport>();
        var app = builder.Build();
        app.Services.GetService<OtlpExport>();
        app.UseDashboardLogin();
        app.MapFrontDoors(options).MapDashboard();
        return app;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The container owns the database.")]
    private static ClusterDatabase AddStorage(IServiceCollection services, SiloSettings options)
    {
        var database = new ClusterDatabase(options);
        services.AddSingleton(_ => database);
        services.AddSingleton(database.Shared);
        services.AddSingleton<IReportStore, SharedReportStore>();
        services.AddSingleton<IAuditLog, SharedAuditLog>();
        services.AddSingleton<IAlertStore, SharedAlertStore>();
        services.AddSingleton<ITaskStore, SharedTaskStore>();
        services.AddSingleton<IReadinessCheck, DatabaseCheck>();
        services.AddSingleton<IReadinessCheck, ClusterCheck>();
        services.AddSingleton<IReadOnlyList<ExpertView>>(ExpertCatalog.Views);
        return database;
    }
}
