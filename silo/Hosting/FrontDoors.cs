using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Outrider.Api.Auth;
using Outrider.Api.Gateway;
using Outrider.Api.Health;
using Outrider.Api.Install;
using Outrider.Api.Live;
using Outrider.Api.Mcp;
using Outrider.Api.Posts;
using Outrider.Api.Prometheus;
using Outrider.Api.Rest;
using Outrider.Api.Rest.People.OAuth;
using Outrider.Api.Telemetry;
using Outrider.Api.Web;
using Outrider.Grains.Alerts;
using Outrider.Grains.Files;
using Outrider.Grains.Notifications;
using Outrider.Grains.Secrets;
using Outrider.Notifiers;
using Outrider.Notifiers.Http;
using Outrider.Protocol.Credentials;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Hosting.TenantsFile;

namespace Outrider.Silo.Hosting;

/// <summary>What any centre shows to the outside, and in what order a request passes through it.</summary>
public static class FrontDoors
{
    /// <summary>A builder with log, listener, limits and clock as the options say.</summary>
    public static WebApplicationBuilder CreateBuilder(CentreOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production,
        });
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
        return builder;
    }

    /// <summary>Imports this file's tenants at the start and whenever it changes.</summary>
    public static IServiceCollection AddTenantsFile(this IServiceCollection services, string path)
    {
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<TenantsFileImport>(s, path));
        services.AddSingleton<IReadinessCheck, TenantsFileCheck>();
        return services.AddHostedService<TenantsFileWatch>();
    }

    /// <summary>REST, Prometheus' read API, posts of agents, live feed, MCP, gateway, health and metrics, behind the platform key and the keys of tenants.</summary>
    public static IServiceCollection AddFrontDoors(this IServiceCollection services, CentreOptions options, Credential platformKey)
    {
        services.AddSingleton<ISecretSealer>(_ => new SecretSealer(platformKey));
        services.AddSingleton<IFileGrants>(_ => new FileGrants(platformKey, options.Time));
        services.AddSingleton<GatewayFiles>();
        services.AddHostedService<FileCleaning>();
        if (options.AgentBinary is { } binary)
            services.AddSingleton(new InstallOptions(binary));
        services.AddSingleton<AlertMetrics>();
        services.AddSingleton<INotifier>(s => new Notifier(new AddressRules(options.NotifyPrivateAddresses), options.Time));
        services.AddOAuthSignIn(options.OAuth, new PlatformKeyProtection(platformKey));
        services.AddTelemetry().AddHealth().AddCallers(new PlatformKey(platformKey.Hash), options.RateLimits).AddRest().AddPrometheus();
        services.AddGateway().AddPosts().AddLive(live => live.AllowedOrigins = options.McpAllowedOrigins);
        return services.AddMcp(mcp => mcp.AllowedOrigins = [.. options.McpAllowedOrigins]);
    }

    /// <summary>Lets requests in. What else a centre maps comes after this and stands behind the same authentication.</summary>
    public static WebApplication MapFrontDoors(this WebApplication app, CentreOptions options)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        app.Lifetime.ApplicationStarted.Register(readiness.Started);
        app.Lifetime.ApplicationStopping.Register(readiness.Stopping);
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
        // ASP.NET Core puts its own authentication before all of this, where it finds schemes for OAuth. Ours is UseCallers, and what a
        // provider answers comes by a route.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseRouting();
        app.UseCallers();
        app.UseDashboard(options.Dashboard);
        app.MapDescribed();
        app.MapMetrics();
        app.MapPrometheus();
        app.MapGateway();
        app.MapLive();
        app.MapMcp().RequireCaller();
        return app;
    }

    /// <summary>Maps what the OpenAPI document describes.</summary>
    internal static void MapDescribed(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealth();
        endpoints.MapInstall();
        endpoints.MapRest();
        endpoints.MapPosts();
    }
}
