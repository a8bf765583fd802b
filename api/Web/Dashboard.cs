using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Outrider.Api.Web;

/// <summary>The web page: <c>UseDashboard</c>.</summary>
public static class Dashboard
{
    /// <summary>Serves the built dashboard where no endpoint answers. Comes after routing.</summary>
    /// <param name="folder">Of the built dashboard. If it isn't there, <c>/</c> says how to get one.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "Disposed when the application has stopped.")]
    public static IApplicationBuilder UseDashboard(this IApplicationBuilder app, string folder)
    {
        if (Directory.Exists(folder))
        {
            var files = new DashboardFiles(folder);
            app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(files.Dispose);
            app.UseWhen(files.Has, branch => branch.Use(files.ChooseAsync).UseStaticFiles(files.Options));
        }
        return app.UseMiddleware<DashboardPage>(folder);
    }
}
