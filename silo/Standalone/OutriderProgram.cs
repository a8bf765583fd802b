using System.CommandLine;
using Outrider.Silo.Hosting;
using Outrider.Silo.Hosting.Commands;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Standalone.Commands;
using Outrider.Silo.Standalone.Configuration;

namespace Outrider.Silo.Standalone;

/// <summary>The program <c>outrider</c>.</summary>
public sealed class OutriderProgram() : CentreProgram("outrider", "Outrider: the centre, and commands that manage one.")
{
    private static readonly Option<string?> s_data = new("--data")
    {
        Description = "Data folder of the centre (OUTRIDER_DATA; ./data). Commands find the platform key there.", HelpName = "folder", Recursive = true,
    };

    /// <inheritdoc/>
    public override string Url(ParseResult parsed) => Options(parsed).Url;

    /// <summary>The key by OUTRIDER_PLATFORM_KEY, or the one in the data folder.</summary>
    public override string PlatformKey(ParseResult parsed)
    {
        var options = Options(parsed);
        return options.PlatformKey ?? KeyFile(options.Data);
    }

    /// <inheritdoc/>
    protected override void Extend(RootCommand root)
    {
        var run = Handle(ServeAsync);
        var serve = new Command("serve", "Runs a centre (this is what outrider does without a command).");
        serve.SetAction(run);
        root.SetAction(run);
        root.Add(serve);
        root.Add(BackupCommand.Create());
        root.Add(RestoreCommand.Create());
        root.Add(CheckCommand.Create());
        root.Add(s_data);
    }

    /// <summary>The configuration as the command line leaves it.</summary>
    /// <exception cref="CentreException">Something in it is wrong: all of it is listed.</exception>
    internal static StandaloneOptions Options(ParseResult parsed) =>
        Read(StandaloneConfiguration.Reader, parsed, new KeyValuePair<string, string?>("data", parsed.GetValue(s_data)));

    private static Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var options = Options(parsed);
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        return Serving.RunAsync(() => Centre.Build(options), Path.GetFullPath(options.Data), output, error, cancellation);
    }

    private static string KeyFile(string data)
    {
        var file = Path.Combine(data, DataFolder.PlatformKeyFile);
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CentreException(
                $"There is no platform key: {Path.GetFullPath(file)} can't be read. Start the centre once (outrider serve makes it), name its "
                + "data folder (--data or OUTRIDER_DATA), or set OUTRIDER_PLATFORM_KEY.", e);
        }
    }
}
