using System.Net.Http.Json;
using System.Text.Json;
using Outrider.MySql.Client;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing;
using Outrider.Testing.Centre;
using Outrider.Testing.Cluster;
using Outrider.Testing.MariaDb;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>The program <c>outrider-agent-cluster</c> against real silos and a real database.</summary>
[Collection(TrustedAgentGroup.Name)]
public sealed class ClusterAgentTests
{
    [Fact]
    public async Task Sql_AtAnySilo_RunsByTheAgentsOwnPolicyAndAudit()
    {
        await using var cluster = await TrustedCluster.StartAsync(2);
        var stack = cluster.Stack;
        await File.WriteAllTextAsync(Path.Combine(stack.AgentFolder("db-1"), "policy.json"), """{"sql": {"max_rows": 1}}""");
        await File.WriteAllTextAsync(Path.Combine(stack.AgentFolder("db-2"), "policy.json"), """{"sql": {"enabled": false}}""");
        // All that the agent may read of the shared database.
        await ExecuteAsync(stack, "CREATE USER reader@'%' IDENTIFIED BY 'only-reads'");
        foreach (var table in new[] { "OrleansQuery", "OrleansMembershipTable" })
            await ExecuteAsync(stack, $"GRANT SELECT ON {stack.DatabaseName}.{table} TO reader@'%'");
        var password = Path.Combine(stack.Folder, "password");
        await File.WriteAllTextAsync(password, "only-reads\n");
        var agent = Start(cluster, "db-1", ByDatabase(
            $"Server=127.0.0.1;Port={stack.Database.Port};Database={stack.DatabaseName};User ID=reader", password));
        Start(cluster, "db-2", ByGateways(stack));
        await LinkedAsync(cluster, agent, "db-1");
        await LinkedAsync(cluster, agent, "db-2");
        var can = (await cluster.Agent("db-1").GetAsync()).Value!.Facts!.Capabilities;
        Assert.True(can.Contains(LinkProtocol.Tasks) && !can.Contains(LinkProtocol.Files), string.Join(' ', can));

        var key = await stack.CreateKeyAsync("demo");
        foreach (var silo in stack.Silos)
        {
            var two = await SqlAsync(stack, silo, key, "db-1", "SELECT 1 AS one UNION ALL SELECT 2");
            Assert.Equal(("rows", 1), (two.GetProperty("truncated_by").GetString(), two.GetProperty("row_count").GetInt32()));
            Assert.Equal(ProblemCodes.AgentLacksCapability, (await SqlAsync(stack, silo, key, "db-2", "SELECT 1")).GetProperty("code").GetString());
        }
        // Past the centre's own guard.
        var refused = await cluster.RunAsync("db-1", new TaskCreate { TaskId = "t-1", Type = "sql", Command = "DELETE FROM mysql.user" });
        Assert.Equal(ProblemCodes.SqlRefused, refused.Completion.Problem?.Code);

        Assert.Equal(0, await TerminateAsync(agent));
        var audit = Path.Combine(stack.AgentFolder("db-1"), "audit.jsonl");
        Assert.Contains("whole", await ChildProcess.RunAsync(Programs.ClusterAgent, ["audit", "verify", audit]));
        Assert.Contains("DELETE FROM mysql.user", await File.ReadAllTextAsync(audit));
        Assert.DoesNotContain("only-reads", agent.Output);
    }

    [Fact]
    public async Task Silo_ThatHoldsTheAgentsGrainIsKilled_TheAgentKeepsItsLink()
    {
        await using var cluster = await TrustedCluster.StartAsync(3);
        var stack = cluster.Stack;
        var agent = Start(cluster, "db-1", ByDatabase(stack.Environment["OUTRIDER_DATABASE_CONNECTION"]));
        await LinkedAsync(cluster, agent, "db-1");
        var key = await stack.CreateKeyAsync("demo");

        var holder = await cluster.SiloOfAsync("db-1");
        await holder.KillAsync();

        foreach (var silo in stack.Silos.Where(silo => silo != holder))
        {
            await EventuallyAsync(agent, "SQL runs again", async () =>
                (await SqlAsync(stack, silo, key, "db-1", "SELECT 1")).TryGetProperty("rows", out _));
        }
    }

    [Fact]
    public async Task Cluster_IsStartedAgainUnderneath_TheAgentLinksAgain()
    {
        await using var cluster = await TrustedCluster.StartAsync(2);
        var stack = cluster.Stack;
        var agent = Start(cluster, "db-1", ByDatabase(stack.Environment["OUTRIDER_DATABASE_CONNECTION"]));
        await LinkedAsync(cluster, agent, "db-1");
        var key = await stack.CreateKeyAsync("demo");

        foreach (var silo in stack.Silos)
            await silo.KillAsync();
        await agent.LineAsync(line => line.Contains(ProblemCodes.LinkLost, StringComparison.Ordinal), TestTimeouts.Default);
        foreach (var silo in stack.Silos)
            silo.Start();
        await stack.ReadyAsync();

        await EventuallyAsync(agent, "SQL runs again", async () =>
            (await SqlAsync(stack, stack.Silos[0], key, "db-1", "SELECT 1")).TryGetProperty("rows", out _));
        Assert.Equal(0, await TerminateAsync(agent));
    }

    [Fact]
    public async Task Agent_IsKilledAndStartedAgain_TakesOverFromItsFormerLife()
    {
        await using var cluster = await TrustedCluster.StartAsync(1);
        var agent = Start(cluster, "db-1", ByGateways(cluster.Stack));
        await LinkedAsync(cluster, agent, "db-1");

        await agent.KillAsync();
        var second = Start(cluster, "db-1", ByGateways(cluster.Stack));

        await second.LineAsync(line => line.Contains("Linked as 'db-1'", StringComparison.Ordinal), TestTimeouts.Default);
        var key = await cluster.Stack.CreateKeyAsync("demo");
        Assert.True((await SqlAsync(cluster.Stack, cluster.Stack.Silos[0], key, "db-1", "SELECT 1")).TryGetProperty("rows", out _));
    }

    [Fact]
    public async Task Tls_OnlyACertificateOfTheClustersAuthority_LetsAnAgentIn()
    {
        var (own, foreign) = (Directory.CreateTempSubdirectory("outrider-tls-"), Directory.CreateTempSubdirectory("outrider-tls-"));
        TestCertificate.Write(own.FullName);
        TestCertificate.Write(foreign.FullName);
        await using var stack = await ClusterStack.StartAsync(1, settings =>
        {
            settings["OUTRIDER_TRUSTED_CLIENTS"] = "true";
            foreach (var (name, value) in Tls(own))
                settings[name] = value;
        });
        await stack.CreateTenantAsync("demo");
        var token = await stack.CreateTokenAsync("demo");

        var agent = stack.StartClusterAgent("db-1", token, Database(stack), new(ByGateways(stack).Concat(Tls(own))));
        await agent.LineAsync(line => line.Contains("Linked as 'db-1'", StringComparison.Ordinal), TestTimeouts.Default);
        foreach (var intruder in new[]
        {
            stack.StartClusterAgent("db-2", token, Database(stack), ByGateways(stack)),
            stack.StartClusterAgent("db-3", token, Database(stack), new(ByGateways(stack).Concat(Tls(foreign)))),
        })
        {
            await intruder.LineAsync(line => line.Contains("can't be reached", StringComparison.Ordinal), TestTimeouts.Default);
            Assert.DoesNotContain("Linked", intruder.Output);
        }
        own.Delete(recursive: true);
        foreign.Delete(recursive: true);
    }

    private static ChildProcess Start(TrustedCluster cluster, string name, Dictionary<string, string> settings) =>
        cluster.Stack.StartClusterAgent(name, cluster.Token, Database(cluster.Stack), settings);

    private static (string Host, int Port, string User, string Password) Database(ClusterStack stack) =>
        ("127.0.0.1", stack.Database.Port, "root", MariaDbServer.RootPassword);

    private static Dictionary<string, string> ByDatabase(string connection, string? passwordFile = null) => new()
    {
        ["OUTRIDER_DATABASE"] = "mysql",
        ["OUTRIDER_DATABASE_CONNECTION"] = connection,
        ["OUTRIDER_DATABASE_PASSWORD_FILE"] = passwordFile ?? "",
    };

    private static Dictionary<string, string> ByGateways(ClusterStack stack) => new()
    {
        ["OUTRIDER_GATEWAYS"] = string.Join(',', stack.Silos.Select(silo => $"127.0.0.1:{silo.ClientPort}")),
    };

    private static Dictionary<string, string> Tls(DirectoryInfo folder) => new()
    {
        ["OUTRIDER_SILO_TLS_CERTIFICATE"] = Path.Combine(folder.FullName, "server.pem"),
        ["OUTRIDER_SILO_TLS_KEY"] = Path.Combine(folder.FullName, "server.key"),
        ["OUTRIDER_SILO_TLS_CA"] = Path.Combine(folder.FullName, "ca.pem"),
    };

    private static Task LinkedAsync(TrustedCluster cluster, ChildProcess agent, string name) =>
        EventuallyAsync(agent, $"{name} is linked", async () => (await cluster.Agent(name).UseLinkAsync()).Ok);

    private static Task EventuallyAsync(ChildProcess agent, string what, Func<Task<bool>> isSo) =>
        Eventually.SoAsync(what, isSo, () => agent.HasExited, () => agent.Output);

    private static async Task<int> TerminateAsync(ChildProcess agent)
    {
        await agent.TerminateAsync();
        return await agent.ExitAsync(TestTimeouts.Default);
    }

    private static async Task<JsonElement> SqlAsync(ClusterStack stack, SiloProcess silo, string key, string agent, string sql)
    {
        using var client = stack.Client(silo, key);
        using var response = await client.PostAsJsonAsync(TestCentre.Path($"/agents/{agent}/sql"), new { sql, max_rows = 10 });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task ExecuteAsync(ClusterStack stack, string sql)
    {
        await using var session = await ClientSession.ConnectAsync(stack.Database.Root, CancellationToken.None);
        await using var done = await session.QueryAsync(sql, CancellationToken.None);
    }
}
