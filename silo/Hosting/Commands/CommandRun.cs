using System.CommandLine;
using System.Text.Json;
using Outrider.Silo.Hosting.Configuration;

namespace Outrider.Silo.Hosting.Commands;

/// <summary>What a command of the client side needs: the configuration, the centre, and a place to print.</summary>
internal sealed class CommandRun(ParseResult parsed, CancellationToken cancellation)
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private CentreProgram Program => ((CentreCommand)parsed.RootCommandResult.Command).Program;

    private TextWriter Output => parsed.InvocationConfiguration.Output;

    /// <summary>Gives a command its action.</summary>
    public static void Handle(Command command, Func<CommandRun, Task> action) =>
        command.SetAction(CentreProgram.Handle(async (parsed, cancellation) =>
        {
            await action(new CommandRun(parsed, cancellation));
            return 0;
        }));

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T Value<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>Calls the centre as the platform, by OUTRIDER_PLATFORM_KEY or the key where the program keeps it.</summary>
    public Task<JsonElement?> AsPlatformAsync(HttpMethod method, string path, object? body = null)
    {
        var url = Program.Url(parsed);
        return SendAsync(url, Program.PlatformKey(parsed), method, path, body);
    }

    /// <summary>Calls the centre with an API key of a tenant.</summary>
    public Task<JsonElement?> AsTenantAsync(string? key, HttpMethod method, string path)
    {
        key ??= Environment.GetEnvironmentVariable("OUTRIDER_API_KEY");
        return string.IsNullOrEmpty(key)
            ? throw new CentreException("This needs an API key of the tenant: set OUTRIDER_API_KEY, or give --key.")
            : SendAsync(Program.Url(parsed), key, method, path, null);
    }

    /// <summary>Prints the answer: as JSON if asked for, else as <paramref name="text"/> says.</summary>
    public void Print(JsonElement? answer, Func<JsonElement, string> text)
    {
        if (answer is not { } json)
            return;
        Output.WriteLine(parsed.GetValue(CommandOptions.Json) ? JsonSerializer.Serialize(json, s_indented) : text(json));
    }

    private async Task<JsonElement?> SendAsync(string url, string key, HttpMethod method, string path, object? body)
    {
        using var client = new CentreClient(url, key, Program.Name);
        return await client.SendAsync(method, path, body, cancellation);
    }
}
