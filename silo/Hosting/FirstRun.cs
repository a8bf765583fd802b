using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Outrider.Api.Operations;
using Outrider.Api.Operations.People;
using Outrider.Grains.People;
using Outrider.Grains.Runtime;

namespace Outrider.Silo.Hosting;

/// <summary>
/// Lets the operator of a centre without platform users make the first one: each start prints a one-time link, which makes those of
/// earlier starts, and of other silos, void. The log says that there is one, but not the link.
/// </summary>
internal static partial class FirstRun
{
    /// <param name="centre">A centre that has started.</param>
    /// <param name="output">Where the link goes.</param>
    public static async Task OfferAsync(WebApplication centre, TextWriter output)
    {
        var log = centre.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Outrider");
        var directory = centre.Services.GetRequiredService<IGrains>().Get<IUserDirectory>(UserKeys.Platform);
        var offered = await GrainCalls.OrProblemAsync(directory.OfferSetupAsync);
        if (!offered.Ok)
        {
            if (offered.Problem.Code != Protocol.Outcomes.ProblemCodes.Conflict)
                Failed(log, offered.Problem.Message);
            return;
        }
        var link = InvitationLink.Of(Reachable(centre.Urls.First()), offered.Value);
        Offered(log);
        await output.WriteLineAsync($"This centre has no platform user yet. This link makes the first one, once, until {link.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm}Z: {link.Url}");
    }

    /// <summary>An address that listens everywhere is none to open: this machine's name stands for it.</summary>
    private static string Reachable(string url) => new Uri(url) is var uri && uri.Host is "0.0.0.0" or "[::]"
        ? new UriBuilder(uri) { Host = Dns.GetHostName() }.Uri.GetLeftPart(UriPartial.Authority)
        : url;

    [LoggerMessage(3300, LogLevel.Information, "This centre has no platform user yet; standard output has a one-time link that makes the first one")]
    private static partial void Offered(ILogger log);

    [LoggerMessage(3301, LogLevel.Warning, "Whether this centre has a platform user can't be told, so no link for the first one was made: {Reason}")]
    private static partial void Failed(ILogger log, string reason);
}
