using System.Collections;
using System.CommandLine;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Storage;

namespace Outrider.Silo.Hosting.Commands;

/// <summary>A program that is a centre and manages one: what its commands need to know of it.</summary>
/// <param name="name">As it is called, such as <c>outrider</c>.</param>
/// <param name="description">What it is, for its help.</param>
public abstract class CentreProgram(string name, string description)
{
    public string Name => name;

    /// <summary>Its command line, with the commands that manage a running centre over REST.</summary>
    public RootCommand CreateCommand()
    {
        var root = new CentreCommand(this, description)
        {
            CommandOptions.Url, CommandOptions.Config, CommandOptions.Json,
            TenantCommands.Create(), KeyCommands.Create(), UserCommands.Create(), TokenCommands.Create(), AgentCommands.Create(), ReanalyseCommand.Create(),
            OpenApiCommand.Create(),
        };
        Extend(root);
        return root;
    }

    /// <summary>Where the centre is that a command talks to.</summary>
    /// <exception cref="CentreException">Something in the configuration is wrong: all of it is listed.</exception>
    public abstract string Url(ParseResult parsed);

    /// <summary>The platform key that a command proves itself by.</summary>
    /// <exception cref="CentreException">There is none; the message says where it was looked for.</exception>
    public abstract string PlatformKey(ParseResult parsed);

    /// <summary>Adds what only this program has.</summary>
    protected abstract void Extend(RootCommand root);

    /// <summary>The configuration as the command line leaves it.</summary>
    /// <param name="reader">Knows the program's settings.</param>
    /// <param name="arguments">Settings of the command line besides <c>--url</c>; null values were not given.</param>
    /// <exception cref="CentreException">Something in it is wrong: all of it is listed.</exception>
    protected static TOptions Read<TOptions>(
        SettingsReader<TOptions> reader, ParseResult parsed, params KeyValuePair<string, string?>[] arguments)
        where TOptions : CentreOptions, new()
    {
        var options = reader.Read(
            parsed.GetValue(CommandOptions.Config), Variables(), [new("url", parsed.GetValue(CommandOptions.Url)), .. arguments], out var errors);
        return errors.Count == 0 ? options : throw new CentreException("The configuration is wrong:\n  " + string.Join("\n  ", errors));
    }

    /// <summary>An action whose problems become one line on standard error and exit code 1.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Handle(Func<ParseResult, CancellationToken, Task<int>> action) =>
        async (parsed, cancellation) =>
        {
            try
            {
                return await action(parsed, cancellation);
            }
            catch (Exception e) when (e is CentreException or StorageException or FormatException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
                return 1;
            }
        };

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");
}
