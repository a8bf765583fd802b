using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>A new machine gets its agent from a real centre, by the command that an administrator types.</summary>
public sealed partial class InstallScriptTests : IAsyncLifetime
{
    private readonly string _machine = Directory.CreateTempSubdirectory("outrider-machine-").FullName;
    private OutriderStack _stack = null!;

    public async Task InitializeAsync() =>
        _stack = await OutriderStack.StartCentreAloneAsync(new() { ["OUTRIDER_AGENT_BINARY"] = Programs.Agent });

    public async Task DisposeAsync()
    {
        await _stack.DisposeAsync();
        Directory.Delete(_machine, recursive: true);
    }

    [Fact]
    public async Task Script_PipedIntoAShell_InstallsAnAgentThatConnects()
    {
        var token = await _stack.TokenAsync();
        var said = await InstallAsync("--name new-1", token);

        Assert.DoesNotContain(token, said);
        var settings = Path.Combine(_machine, "etc/outrider/agent.env");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(settings));
        var command = StartCommand().Match(said).Groups[1].Value;
        await using (ChildProcess.Start("sh", ["-c", command]))
        {
            await Eventually.SoAsync("the installed agent is connected", async () =>
            {
                using var response = await _stack.Client.GetAsync(new Uri("/api/v1/agents/new-1", UriKind.Relative));
                return response.IsSuccessStatusCode && (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connected").GetBoolean();
            }, () => _stack.Centre.HasExited, () => _stack.Centre.Output);
        }

        // Again without a token, as for a newer agent: the settings stay.
        var before = await File.ReadAllTextAsync(settings);
        await InstallAsync("", token: "");
        Assert.Equal(before, await File.ReadAllTextAsync(settings));
    }

    private async Task<string> InstallAsync(string arguments, string token)
    {
        var start = new ProcessStartInfo(
            "sh", ["-c", $"curl -fsSL '{_stack.Url}install.sh' | sh -s -- --prefix {_machine} --no-service {arguments} 2>&1"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["OUTRIDER_ENROLMENT_TOKEN"] = token;
        using var sh = Process.Start(start)!;
        var said = await sh.StandardOutput.ReadToEndAsync();
        await sh.WaitForExitAsync();
        Assert.True(sh.ExitCode == 0, said);
        return said;
    }

    [GeneratedRegex("start it by: sh -c '(.*)'")]
    private static partial Regex StartCommand();
}
