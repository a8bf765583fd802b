using System.Text.Json;

namespace Outrider.Testing.Processes;

/// <summary>The official TypeScript SDK as a client, by the scripts in tests/EndToEnd/mcp-client.</summary>
public static class McpClient
{
    /// <summary>Calls one tool and returns its structured content. Throws when the call fails.</summary>
    public static async Task<JsonElement> AskAsync(Uri url, string key, string tool, string arguments = "{}", string transport = "http")
    {
        var output = await RunAsync("ask.mjs", url, key, transport, "--tool", tool, "--args", arguments, "--json");
        using var json = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        return json.RootElement.GetProperty("structuredContent").Clone();
    }

    /// <summary>Tries everything the front door promises. Throws with all checks when one fails.</summary>
    /// <param name="transport">http or sse.</param>
    /// <param name="sql">A statement that the agent's database answers.</param>
    public static Task<string> CheckAsync(Uri url, string key, string transport, string sql) =>
        RunAsync("check.mjs", url, key, transport, "--sql", sql);

    private static Task<string> RunAsync(string script, Uri url, string key, string transport, params string[] more) => ChildProcess.RunAsync("node",
    [
        Path.Combine(Programs.Root, "tests", "EndToEnd", "mcp-client", script),
        "--url", url.ToString(), "--key", key, "--transport", transport, .. more,
    ]);
}
