using System.Net.Http.Json;
using System.Text.Json;

namespace Outrider.Testing.Processes;

/// <summary>A real centre and a real agent in processes of their own, with a tenant <c>demo</c>, linked to a database the caller names.</summary>
public sealed class OutriderStack : IAsyncDisposable
{
    private readonly Dictionary<string, string> _centreEnvironment;
    private readonly Dictionary<string, string> _agentEnvironment;

    private OutriderStack(string data, int port, string databaseHost, int databasePort, string databaseUser, string databasePassword)
    {
        Data = data;
        Url = new Uri($"http://127.0.0.1:{port}");
        _centreEnvironment = new()
        {
            ["OUTRIDER_PORT"] = $"{port}",
            ["OUTRIDER_DATA"] = data,
            ["OUTRIDER_URL"] = Url.ToString(),
            ["OUTRIDER_DASHBOARD"] = Programs.Dashboard,
            ["OUTRIDER_RATE_PER_SECOND"] = "100000",
            ["OUTRIDER_RATE_BURST"] = "100000",
        };
        _agentEnvironment = new()
        {
            ["OUTRIDER_URL"] = Url.ToString(),
            ["OUTRIDER_AGENT_NAME"] = "demo",
            ["OUTRIDER_AGENT_DATA"] = Path.Combine(data, "agent"),
            ["SR_HOST"] = databaseHost,
            ["SR_PORT"] = $"{databasePort}",
            ["SR_USER"] = databaseUser,
            ["SR_PASSWORD"] = databasePassword,
        };
        Client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60) };
    }

    public string Data { get; }

    public Uri Url { get; }

    /// <summary>An admin key of tenant <c>demo</c>.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Sends <see cref="Key"/> with each request.</summary>
    public HttpClient Client { get; }

    /// <summary>The address by which the agent dials, from its next start on.</summary>
    public Uri AgentUrl
    {
        get => new(_agentEnvironment["OUTRIDER_URL"]);
        set => _agentEnvironment["OUTRIDER_URL"] = value.ToString();
    }

    public string AgentFolder => _agentEnvironment["OUTRIDER_AGENT_DATA"];

    public ChildProcess Centre { get; private set; } = null!;

    public ChildProcess Agent { get; private set; } = null!;

    /// <summary>A centre and an agent that reaches this database.</summary>
    /// <param name="databaseHost">The database's.</param>
    /// <param name="databasePort">The database's.</param>
    /// <param name="databaseUser">The database's.</param>
    /// <param name="databasePassword">The database's.</param>
    /// <param name="data">Where centre and agent keep theirs, in folders of their own; deleted with the stack; null: in a temporary folder.</param>
    public static Task<OutriderStack> StartAsync(
        string databaseHost, int databasePort, string databaseUser = "root", string databasePassword = "", string? data = null) =>
        StartAsync(data, databaseHost, databasePort, databaseUser, databasePassword, agent: true);

    /// <summary>A centre alone, with its tenant.</summary>
    /// <param name="environment">What it is told besides; null: nothing.</param>
    public static Task<OutriderStack> StartCentreAloneAsync(Dictionary<string, string>? environment = null) =>
        StartAsync(null, "", 0, "", "", agent: false, environment);

    private static async Task<OutriderStack> StartAsync(
        string? data, string databaseHost, int databasePort, string databaseUser, string databasePassword, bool agent,
        Dictionary<string, string>? environment = null)
    {
        data ??= Directory.CreateTempSubdirectory("outrider-stack-").FullName;
        var stack = new OutriderStack(data, FreePort.Next(), databaseHost, databasePort, databaseUser, databasePassword);
        foreach (var (name, value) in environment ?? [])
            stack._centreEnvironment[name] = value;
        try
        {
            await stack.StartCentreAsync();
            await stack.CommandAsync("tenant", "create", "demo", "--name", "Demo");
            stack.Key = await stack.SecretAsync("key", "create", "--tenant", "demo", "--role", "admin", "--name", "test");
            stack.Client.DefaultRequestHeaders.Add("X-API-Key", stack.Key);
            if (agent)
            {
                stack._agentEnvironment["OUTRIDER_ENROLMENT_TOKEN"] = await stack.TokenAsync();
                await stack.StartAgentAsync();
            }
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the centre (again) and returns once it is ready.</summary>
    public async Task StartCentreAsync()
    {
        Centre = ChildProcess.Start(Programs.Centre, ["serve"], _centreEnvironment);
        await Eventually.SoAsync("the centre is ready", async () =>
        {
            using var response = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }, () => Centre.HasExited, () => Centre.Output);
    }

    /// <summary>Starts the agent (again) and returns once a query comes through it.</summary>
    public async Task StartAgentAsync()
    {
        Directory.CreateDirectory(_agentEnvironment["OUTRIDER_AGENT_DATA"]);
        Agent = ChildProcess.Start(Programs.Agent, ["run"], _agentEnvironment);
        await AgentAnswersAsync();
    }

    /// <summary>Returns once a query comes through the agent.</summary>
    public Task AgentAnswersAsync() => EventuallyAsync("a query comes through the agent", async () =>
    {
        using var response = await QueryAsync("SELECT version()");
        return response.IsSuccessStatusCode;
    });

    /// <summary>Sends a statement through centre and agent.</summary>
    public Task<HttpResponseMessage> QueryAsync(string sql, CancellationToken cancellation = default) =>
        Client.PostAsJsonAsync(new Uri("/api/v1/agents/demo/sql", UriKind.Relative), new { sql }, cancellation);

    /// <summary>An enrolment token for any name.</summary>
    public Task<string> TokenAsync() => SecretAsync("token", "create", "--tenant", "demo", "--pattern", "*");

    /// <summary>Runs a command of <c>outrider</c> against this centre and returns what it printed.</summary>
    public Task<string> CommandAsync(params string[] arguments) => ChildProcess.RunAsync(Programs.Centre, arguments, _centreEnvironment);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (Agent is not null)
            await Agent.DisposeAsync();
        if (Centre is not null)
            await Centre.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>Runs a command that issues a credential, and returns its text.</summary>
    public async Task<string> SecretAsync(params string[] arguments)
    {
        var output = await CommandAsync([.. arguments, "--json"]);
        using var json = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        return json.RootElement.GetProperty("secret").GetString()!;
    }

    private Task EventuallyAsync(string what, Func<Task<bool>> isSo) => Eventually.SoAsync(
        what, isSo, () => Centre.HasExited || Agent is { HasExited: true },
        () => $"--- centre\n{Centre.Output}\n--- agent\n{Agent?.Output}");
}
