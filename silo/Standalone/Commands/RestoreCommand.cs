using System.CommandLine;
using System.Globalization;
using Outrider.Silo.Hosting.Commands;
using Outrider.Silo.Standalone.Backups;

namespace Outrider.Silo.Standalone.Commands;

/// <summary><c>outrider restore</c></summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var from = new Argument<string>("backup") { Description = "The folder that outrider backup made." };
        var force = new Option<bool>("--force") { Description = "Moves the data that is there aside, within the data folder." };
        var command = new Command("restore", "Puts a backup into the data folder (--data) of a centre that doesn't run.") { from, force };
        command.SetAction(CentreProgram.Handle(async (parsed, cancellation) =>
        {
            var options = OutriderProgram.Options(parsed);
            var output = parsed.InvocationConfiguration.Output;
            var (manifest, aside) = Restore.Run(
                parsed.GetRequiredValue(from), options.Data, parsed.GetValue(force), options.Time, cancellation);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{Path.GetFullPath(options.Data)} is as it was at {manifest.At:yyyy-MM-dd HH:mm:ss'Z'}."));
            if (aside is not null)
                await output.WriteLineAsync($"What was there is in {aside}.");
            return 0;
        }));
        return command;
    }
}
