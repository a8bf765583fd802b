using System.CommandLine;
using Outrider.Silo.Standalone.Configuration;
using Outrider.Storage;

namespace Outrider.Silo.Standalone.Commands;

/// <summary><c>outrider serve</c>: runs the centre until SIGTERM or Ctrl-C.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Runs a centre (this is what outrider does without a command).");
        command.SetAction(RunAsync);
        return command;
    }

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            var options = CommandRun.Options(parsed);
            await using var centre = Centre.Build(options);
            await centre.StartAsync(cancellation);
            centre.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Outrider").LogInformation(
                "The centre listens on {Url} and keeps its data in {Data}", string.Join(", ", centre.Urls), Path.GetFullPath(options.Data));
            await centre.WaitForShutdownAsync(cancellation);
            return 0;
        }
        catch (Exception e) when (e is CentreException or StorageException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"{e.Message} Stop the program that uses it, or choose another port: OUTRIDER_PORT or --url.");
            return 1;
        }
    }
}
