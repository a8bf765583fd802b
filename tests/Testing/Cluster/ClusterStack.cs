using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Outrider.Grains.Tenancy;
using Outrider.MySql.Client;
using Outrider.Testing.Centre;
using Outrider.Testing.MariaDb;
using Outrider.Testing.Processes;

namespace Outrider.Testing.Cluster;

/// <summary>
/// A whole cluster: real <c>outrider-silo</c> processes on free loopback ports, and a MariaDB of their own with its tables made. Silos can
/// be killed, frozen and started again one by one.
/// </summary>
public sealed class ClusterStack : IAsyncDisposable
{
    private readonly List<SiloProcess> _silos = [];
    private readonly List<ChildProcess> _agents = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-cluster-").FullName;

    private readonly bool _ownsDatabase;
    private string _database = "";

    private ClusterStack(MariaDbServer database, bool owns) => (Database, _ownsDatabase) = (database, owns);

    public MariaDbServer Database { get; }

    /// <summary>Which database of that server is the cluster's.</summary>
    public string DatabaseName => _database;

    /// <summary>What all silos have in common.</summary>
    public Dictionary<string, string> Environment { get; } = new()
    {
        ["OUTRIDER_PLATFORM_KEY"] = $"orp.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}",
        ["OUTRIDER_RATE_PER_SECOND"] = "100000",
        ["OUTRIDER_RATE_BURST"] = "100000",
        ["OUTRIDER_FAILURES_PER_MINUTE"] = "100000",
        ["OUTRIDER_DRAIN_SECONDS"] = "0",
    };

    public IReadOnlyList<SiloProcess> Silos => _silos;

    /// <summary>For what a test keeps in files.</summary>
    public string Folder => _folder;

    /// <summary>A database with all tables, and silos that aren't started.</summary>
    /// <param name="change">Changes what all silos have in common.</param>
    /// <param name="on">A server that outlives the stack and takes its database; null: one of its own.</param>
    /// <param name="network">Where the silos run, and from where they reach the database; null: on the loopback.</param>
    public static async Task<ClusterStack> CreateAsync(
        int silos, Action<Dictionary<string, string>>? change = null, MariaDbServer? on = null, SiloNetwork? network = null)
    {
        var stack = new ClusterStack(
            // What was committed must survive a crash of the database.
            on ?? await MariaDbServer.StartAsync("--innodb-flush-log-at-trx-commit=2"), owns: on is null);
        try
        {
            stack.Environment["OUTRIDER_DATABASE"] = "mysql";
            var database = stack._database = await stack.CreateDatabaseAsync($"outrider_{Guid.NewGuid():n}");
            stack.Environment["OUTRIDER_DATABASE_CONNECTION"] = network is null
                ? stack.ConnectionString(database)
                : stack.ConnectionString(database, network.OpenDatabase(stack.Database.Port), network.DatabaseAddress.ToString());
            change?.Invoke(stack.Environment);
            await stack.MigrateAsync();
            for (var i = 0; i < silos; i++)
                stack._silos.Add(new SiloProcess(stack.Environment, i, network?.Places[i]));
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>A cluster of which every silo is ready and sees all others, each supervised as in production.</summary>
    /// <param name="change">Changes what all silos have in common.</param>
    /// <param name="on">A server that outlives the stack and takes its database; null: one of its own.</param>
    public static async Task<ClusterStack> StartAsync(int silos = 3, Action<Dictionary<string, string>>? change = null, MariaDbServer? on = null)
    {
        var stack = await CreateAsync(silos, change, on);
        try
        {
            foreach (var silo in stack._silos)
                silo.Start(supervised: true);
            await stack.ReadyAsync();
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns once every silo that runs is ready and sees all others that run.</summary>
    public Task ReadyAsync()
    {
        var running = _silos.Where(silo => silo.IsRunning).ToList();
        return Task.WhenAll(running.Select(silo => silo.ReadyAsync(running.Count)));
    }

    /// <summary>Makes the tables.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> MigrateAsync() => ChildProcess.RunAsync(Programs.Silo, ["migrate"], Environment);

    /// <summary>Makes an empty database and returns its name.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var session = await ClientSession.ConnectAsync(Database.Root, CancellationToken.None);
        await using var made = await session.QueryAsync($"CREATE DATABASE {name}", CancellationToken.None);
        return name;
    }

    /// <summary>Runs a statement in the silos' database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var session = await ClientSession.ConnectAsync(Database.Root with { Database = _database }, CancellationToken.None);
        await using var done = await session.QueryAsync(sql, CancellationToken.None);
    }

    /// <summary>For MySqlConnector.</summary>
    public string ConnectionString(string database, int? port = null, string host = "127.0.0.1") =>
        $"Server={host};Port={port ?? Database.Port};Database={database};User ID=root;Password={MariaDbServer.RootPassword}";

    /// <summary>A client of one silo with this credential; null: as the platform.</summary>
    public HttpClient Client(SiloProcess silo, string? credential = null)
    {
        var client = new HttpClient { BaseAddress = silo.Url, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential ?? Environment["OUTRIDER_PLATFORM_KEY"]);
        return client;
    }

    /// <summary>Creates a tenant, at the first silo that runs.</summary>
    public Task CreateTenantAsync(string id) => PostAsync("/tenants", new { id });

    /// <summary>Issues an API key and returns its whole text.</summary>
    public async Task<string> CreateKeyAsync(string tenant, Role role = Role.Admin, string name = "test") =>
        (await PostAsync($"/tenants/{tenant}/keys", new { name, role })).GetProperty("secret").GetString()!;

    /// <summary>Issues an enrolment token and returns its whole text.</summary>
    public async Task<string> CreateTokenAsync(string tenant, string pattern = "*") =>
        (await PostAsync($"/tenants/{tenant}/enrolment-tokens", new { patterns = new[] { pattern } })).GetProperty("secret").GetString()!;

    /// <summary>Runs a command of <c>outrider-silo</c> against a silo and returns what it printed.</summary>
    public Task<string> CommandAsync(SiloProcess silo, params string[] arguments) =>
        ChildProcess.RunAsync(Programs.Silo, [.. arguments, "--url", silo.Url.ToString()], Environment);

    /// <summary>Starts a real agent that dials <paramref name="url"/>; it ends with the stack.</summary>
    /// <param name="url">A silo's, or that of a load balancer before them.</param>
    /// <param name="database">Host and port of the MySQL that it looks after.</param>
    public ChildProcess StartAgent(Uri url, string name, string token, (string Host, int Port, string User, string Password) database) =>
        StartAgent(Programs.Agent, name, token, database, new() { ["OUTRIDER_URL"] = url.ToString() });

    /// <summary>Starts a real agent that is a client of this cluster; it ends with the stack.</summary>
    /// <param name="database">Host and port of the MySQL that it looks after.</param>
    /// <param name="cluster">Where the silos are, as its environment says it.</param>
    public ChildProcess StartClusterAgent(
        string name, string token, (string Host, int Port, string User, string Password) database, Dictionary<string, string> cluster) =>
        StartAgent(Programs.ClusterAgent, name, token, database, cluster);

    /// <summary>The data folder of the agent of this name.</summary>
    public string AgentFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, $"agent-{name}")).FullName;

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
            await agent.DisposeAsync();
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        if (_ownsDatabase)
            await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ChildProcess StartAgent(
        string program, string name, string token, (string Host, int Port, string User, string Password) database, Dictionary<string, string> centre)
    {
        var agent = ChildProcess.Start(program, ["run"], new Dictionary<string, string>(centre)
        {
            ["OUTRIDER_AGENT_NAME"] = name,
            ["OUTRIDER_AGENT_DATA"] = AgentFolder(name),
            ["OUTRIDER_ENROLMENT_TOKEN"] = token,
            ["SR_HOST"] = database.Host,
            ["SR_PORT"] = $"{database.Port}",
            ["SR_USER"] = database.User,
            ["SR_PASSWORD"] = database.Password,
        });
        _agents.Add(agent);
        return agent;
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var platform = Client(_silos.First(silo => silo.IsRunning));
        using var response = await platform.PostAsJsonAsync(TestCentre.Path(path), body, TestCentre.Json);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
