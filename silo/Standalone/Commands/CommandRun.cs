using System.Collections;
using System.CommandLine;
using System.Text.Json;
using Outrider.Silo.Standalone.Configuration;

namespace Outrider.Silo.Standalone.Commands;

/// <summary>What a command of the client side needs: the configuration, the centre, and a place to print.</summary>
internal sealed class CommandRun(ParseResult parsed, CancellationToken cancellation)
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private TextWriter Output => parsed.InvocationConfiguration.Output;

    /// <summary>Wraps an action: problems become one line on standard error and exit code 1.</summary>
    public static void Handle(Command command, Func<CommandRun, Task> action) => command.SetAction(async (parsed, cancellation) =>
    {
        try
        {
            await action(new CommandRun(parsed, cancellation));
            return 0;
        }
        catch (Exception e) when (e is CentreException or FormatException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return 1;
        }
    });

    /// <summary>The environment, for the settings.</summary>
    public static IReadOnlyDictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

    /// <summary>The configuration as the command line leaves it.</summary>
    /// <exception cref="CentreException">Something in it is wrong: all of it is listed.</exception>
    public static CentreOptions Options(ParseResult parsed)
    {
        var options = CentreConfiguration.Read(
            parsed.GetValue(CommandOptions.Config), Variables(),
            [new("url", parsed.GetValue(CommandOptions.Url)), new("data", parsed.GetValue(CommandOptions.Data))], out var errors);
        return errors.Count == 0 ? options : throw new CentreException("The configuration is wrong:\n  " + string.Join("\n  ", errors));
    }

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T Value<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>Calls the centre as the platform, by OUTRIDER_PLATFORM_KEY or the key in the data folder.</summary>
    public Task<JsonElement?> AsPlatformAsync(HttpMethod method, string path, object? body = null)
    {
        var options = Options(parsed);
        return SendAsync(options, options.PlatformKey ?? KeyFile(options.Data), method, path, body);
    }

    /// <summary>Calls the centre with an API key of a tenant.</summary>
    public Task<JsonElement?> AsTenantAsync(string? key, HttpMethod method, string path)
    {
        key ??= Environment.GetEnvironmentVariable("OUTRIDER_API_KEY");
        return string.IsNullOrEmpty(key)
            ? throw new CentreException("This needs an API key of the tenant: set OUTRIDER_API_KEY, or give --key.")
            : SendAsync(Options(parsed), key, method, path, null);
    }

    /// <summary>Prints the answer: as JSON if asked for, else as <paramref name="text"/> says.</summary>
    public void Print(JsonElement? answer, Func<JsonElement, string> text)
    {
        if (answer is not { } json)
            return;
        Output.WriteLine(parsed.GetValue(CommandOptions.Json) ? JsonSerializer.Serialize(json, s_indented) : text(json));
    }

    private async Task<JsonElement?> SendAsync(CentreOptions options, string key, HttpMethod method, string path, object? body)
    {
        using var client = new CentreClient(options.Url, key);
        return await client.SendAsync(method, path, body, cancellation);
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
