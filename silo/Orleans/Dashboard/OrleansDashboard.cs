using System.Text;
using Orleans.Dashboard;
using Outrider.Api.Auth;
using Outrider.Api.Problems;

namespace Outrider.Silo.Orleans.Dashboard;

/// <summary>
/// The dashboard of Orleans, for the platform only. A browser can't send a bearer token by itself, but it asks its user for name and
/// password: the password is the platform key, the name doesn't matter. Nowhere but here is that accepted, so a page elsewhere can't
/// make a browser use it for anything else.
/// </summary>
internal static class OrleansDashboard
{
    public const string Prefix = "/dashboard";

    private const string Basic = "Basic ";

    /// <summary>Turns name and password into a bearer token. Comes before authentication.</summary>
    public static IApplicationBuilder UseDashboardLogin(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            if (Password(http.Request.Headers.Authorization.ToString()) is { } password)
                http.Request.Headers.Authorization = $"Bearer {password}";
            http.Response.OnStarting(() =>
            {
                if (http.Response.StatusCode == StatusCodes.Status401Unauthorized)
                    http.Response.Headers.WWWAuthenticate = "Basic realm=\"Outrider: the password is the platform key\", charset=\"UTF-8\"";
                return Task.CompletedTask;
            });
        }
        return next(http);
    });

    public static void MapDashboard(this WebApplication app)
    {
        var group = app.MapOrleansDashboard(Prefix);
        group.RequireCaller().ExcludeFromDescription();
        group.AddEndpointFilter(async (context, next) =>
        {
            if (Permissions.Require(context.HttpContext.Caller(), Permission.ClusterRead) is not { } refused)
                return await next(context);
            await ProblemJson.WriteAsync(context.HttpContext, refused);
            return Results.Empty;
        });
    }

    private static string? Password(string authorization)
    {
        if (!authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(authorization[Basic.Length..].Trim()));
            return pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..];
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
