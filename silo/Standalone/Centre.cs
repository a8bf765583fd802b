using System.Diagnostics.CodeAnalysis;
using Outrider.Api.Health;
using Outrider.Grains.Alerts;
using Outrider.Grains.Audit;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Credentials;
using Outrider.Silo.Embedded;
using Outrider.Silo.Hosting;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Standalone.Configuration;
using Outrider.Storage.Sqlite;
using Outrider.Storage.State;

namespace Outrider.Silo.Standalone;

/// <summary>The composition of a centre in one process.</summary>
public static class Centre
{
    /// <summary>Builds a centre that isn't started yet. Disposing it closes the store and unlocks the data folder.</summary>
    /// <exception cref="CentreException">The data folder can't be used.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The application owns the folder.")]
    public static WebApplication Build(StandaloneOptions options)
    {
        var folder = DataFolder.Open(options.Data);
        try
        {
            var builder = FrontDoors.CreateBuilder(options);
            AddStorage(builder.Services, folder);
            AddGrains(builder.Services, options);
            builder.Services.AddTenantsFile(options.TenantsFile ?? Path.Combine(folder.Path, DataFolder.TenantsFile));
            builder.Services.AddFrontDoors(options, Credential.TryParse(options.PlatformKey, out var given) ? given : folder.PlatformKey());
            var app = builder.Build();
            app.Services.GetRequiredService<GrainHostMeter>();
            return app.MapFrontDoors(options);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static void AddStorage(IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton(_ => folder);
        services.AddSingleton(s => SqliteDatabase.Open(
            s.GetRequiredService<DataFolder>().Database,
            SqliteStateStore.Schema, SqliteReminderStore.Schema, SqliteReportStore.Schema, SqliteAuditLog.Schema,
            SqliteAlertStore.Schema, SqliteTaskStore.Schema));
        services.AddSingleton<IStateStore, SqliteStateStore>();
        services.AddSingleton<IReminderStore, SqliteReminderStore>();
        services.AddSingleton<IReportStore, SqliteReportStore>();
        services.AddSingleton<IAuditLog, SqliteAuditLog>();
        services.AddSingleton<IAlertStore, SqliteAlertStore>();
        services.AddSingleton<ITaskStore, SqliteTaskStore>();
        services.AddRetention();
        MetricStorage.Add(services, s =>
        {
            var database = SqliteDatabase.Open(s.GetRequiredService<DataFolder>().Metrics, SqliteMetricBackend.Schema);
            return new MetricStorage(new SqliteMetricBackend(database), database, s.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IReadinessCheck, StorageCheck>();
    }

    private static void AddGrains(IServiceCollection services, StandaloneOptions options)
    {
        services.AddSingleton(s => new EmbeddedHost(
            GrainRegistrations.Create(s),
            s.GetRequiredService<IStateStore>(),
            s.GetRequiredService<IReminderStore>(),
            new EmbeddedHostOptions { Time = options.Time, Log = s.GetRequiredService<ILogger<EmbeddedHost>>() }));
        services.AddSingleton(s => s.GetRequiredService<EmbeddedHost>().Grains);
        services.AddSingleton(s => s.GetRequiredService<EmbeddedHost>().Observers);
        services.AddSingleton(s => s.GetRequiredService<EmbeddedHost>().Feeds);
        services.AddSingleton<GrainHostMeter>();
        services.AddSingleton<IReadOnlyList<ExpertView>>(ExpertCatalog.Views);
        services.AddHostedService<GrainHostService>();
        services.AddTaskSweep(TaskSweep.Alone);
    }
}
