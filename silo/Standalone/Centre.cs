using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.HttpOverrides;
using Outrider.Api.Auth;
using Outrider.Api.Gateway;
using Outrider.Api.Health;
using Outrider.Api.Mcp;
using Outrider.Api.Rest;
using Outrider.Api.Telemetry;
using Outrider.Grains.Audit;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Protocol.Credentials;
using Outrider.Silo.Embedded;
using Outrider.Silo.Standalone.Configuration;
using Outrider.Silo.Standalone.TenantsFile;
using Outrider.Storage.Sqlite;
using Outrider.Storage.State;

namespace Outrider.Silo.Standalone;

/// <summary>The composition of a centre in one process: what it is made of, and in what order a request passes through it.</summary>
public static class Centre
{
    /// <summary>Builds a centre that isn't started yet. Disposing it closes the store and unlocks the data folder.</summary>
    /// <exception cref="CentreException">The data folder can't be used.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The application owns the folder.")]
    public static WebApplication Build(CentreOptions options)
    {
        var folder = DataFolder.Open(options.Data);
        try
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production,
            });
            Configure(builder, options);
            AddStorage(builder.Services, folder);
            AddGrains(builder.Services, options);
            AddTenantsFile(builder.Services, options, folder);
            AddFrontDoors(builder.Services, options, folder);
            return Map(builder.Build(), options);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static void Configure(WebApplicationBuilder builder, CentreOptions options)
    {
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        builder.Logging.SetMinimumLevel(options.LogLevel).AddFilter("Microsoft", LogLevel.Warning)
            // What fails at the start is told by who started it, in one line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.WebHost.UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
            if (options.TlsCertificate is not null)
            {
                var certificate = X509Certificate2.CreateFromPemFile(options.TlsCertificate, options.TlsKey);
                kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
            }
        });
        if (options.TlsCertificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
        builder.Services.AddSingleton(options.Time);
    }

    private static void AddStorage(IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton(_ => folder);
        services.AddSingleton(s => SqliteDatabase.Open(
            s.GetRequiredService<DataFolder>().Database,
            SqliteStateStore.Schema, SqliteReminderStore.Schema, SqliteReportStore.Schema, SqliteAuditLog.Schema));
        services.AddSingleton<IStateStore, SqliteStateStore>();
        services.AddSingleton<IReminderStore, SqliteReminderStore>();
        services.AddSingleton<IReportStore, SqliteReportStore>();
        services.AddSingleton<IAuditLog, SqliteAuditLog>();
        services.AddSingleton<IReadinessCheck, StorageCheck>();
    }

    private static void AddGrains(IServiceCollection services, CentreOptions options)
    {
        services.AddSingleton(s => new EmbeddedHost(
            GrainRegistrations.Create(s.GetRequiredService<IReportStore>()),
            s.GetRequiredService<IStateStore>(),
            s.GetRequiredService<IReminderStore>(),
            new EmbeddedHostOptions { Time = options.Time, Log = s.GetRequiredService<ILogger<EmbeddedHost>>() }));
        services.AddSingleton(s => s.GetRequiredService<EmbeddedHost>().Grains);
        services.AddSingleton(s => s.GetRequiredService<EmbeddedHost>().Observers);
        services.AddSingleton(s => s.GetRequiredService<EmbeddedHost>().Feeds);
        services.AddSingleton<GrainHostMeter>();
        services.AddSingleton<IReadOnlyList<ExpertView>>(ExpertCatalog.Views);
        services.AddHostedService<GrainHostService>();
    }

    private static void AddTenantsFile(IServiceCollection services, CentreOptions options, DataFolder folder)
    {
        var path = options.TenantsFile ?? Path.Combine(folder.Path, "tenants.json");
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<TenantsFileImport>(s, path));
        services.AddSingleton<IReadinessCheck, TenantsFileCheck>();
        services.AddHostedService<TenantsFileWatch>();
    }

    private static void AddFrontDoors(IServiceCollection services, CentreOptions options, DataFolder folder)
    {
        var key = Credential.TryParse(options.PlatformKey, out var given) ? given : folder.PlatformKey();
        services.AddTelemetry().AddHealth().AddCallers(new PlatformKey(key.Hash), options.RateLimits).AddRest().AddGateway();
        services.AddMcp(mcp => mcp.AllowedOrigins = [.. options.McpAllowedOrigins]);
    }

    private static WebApplication Map(WebApplication app, CentreOptions options)
    {
        app.Services.GetRequiredService<GrainHostMeter>();
        app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<Readiness>().Started);
        app.UseHttpTelemetry();
        app.UseProblems();
        if (options.TrustedProxies.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            forwarded.KnownProxies.Clear();
            foreach (var proxy in options.TrustedProxies)
                forwarded.KnownProxies.Add(proxy);
            app.UseForwardedHeaders(forwarded);
        }
        app.UseRouting();
        app.UseCallers();
        app.MapHealth();
        app.MapMetrics();
        app.MapRest();
        app.MapGateway();
        app.MapMcp().RequireCaller();
        return app;
    }
}
