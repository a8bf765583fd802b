using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Storage;

namespace Outrider.Silo.Hosting;

/// <summary>The life of a centre's process.</summary>
public static class Serving
{
    /// <summary>Runs a centre until SIGTERM or Ctrl-C. What keeps it from starting becomes one line.</summary>
    /// <param name="build">Builds a centre that isn't started yet.</param>
    /// <param name="data">Where it keeps its data, for the log.</param>
    /// <param name="output">Where the link for the first platform user goes, if it is needed.</param>
    /// <param name="error">Where that one line goes.</param>
    /// <param name="explain">What else can keep it from starting, in words for its operator; null for what is no fault of theirs.</param>
    /// <returns>The exit code: 0 when it was asked to stop, 1 when it can't start.</returns>
    public static async Task<int> RunAsync(
        Func<WebApplication> build, string data, TextWriter output, TextWriter error, CancellationToken cancellation,
        Func<Exception, string?>? explain = null)
    {
        try
        {
            await using var centre = build();
            try
            {
                await centre.StartAsync(cancellation);
            }
            catch (Exception) when (centre.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // Told to stop while it started.
                return 0;
            }
            centre.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Outrider").LogInformation(
                "The centre listens on {Url} and keeps its data in {Data}", string.Join(", ", centre.Urls), data);
            await FirstRun.OfferAsync(centre, output);
            await centre.WaitForShutdownAsync(cancellation);
            return 0;
        }
        catch (Exception e) when ((e is CentreException or StorageException ? e.Message : explain?.Invoke(e)) is { } why)
        {
            await error.WriteLineAsync(why);
            return 1;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await error.WriteLineAsync($"{e.Message} Stop the program that uses it, or choose another port: OUTRIDER_PORT or --url.");
            return 1;
        }
    }
}
