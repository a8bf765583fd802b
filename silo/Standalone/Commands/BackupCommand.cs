using System.CommandLine;
using Outrider.Silo.Hosting.Commands;
using Outrider.Silo.Standalone.Backups;
using Outrider.Silo.Standalone.Configuration;

namespace Outrider.Silo.Standalone.Commands;

/// <summary><c>outrider backup</c></summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var to = new Argument<string>("folder") { Description = "Where to; it must not be there yet." };
        var withKey = new Option<bool>("--with-key") { Description = "Also copies the platform key, which opens every tenant." };
        var command = new Command("backup", "Copies what the centre keeps, as it is at one moment, while it runs or not.") { to, withKey };
        command.SetAction(CentreProgram.Handle(async (parsed, cancellation) =>
        {
            var options = OutriderProgram.Options(parsed);
            var output = parsed.InvocationConfiguration.Output;
            var manifest = Backup.Make(options.Data, parsed.GetRequiredValue(to), parsed.GetValue(withKey), options.Time, cancellation);
            foreach (var file in manifest.Files)
                await output.WriteLineAsync($"{file.Name}  {file.Bytes} bytes");
            if (!manifest.Holds(DataFolder.PlatformKeyFile))
                await output.WriteLineAsync("The platform key is not in it (--with-key); without one a restored centre makes a new one.");
            return 0;
        }));
        return command;
    }
}
