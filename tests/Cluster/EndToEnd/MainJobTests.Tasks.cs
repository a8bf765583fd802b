using System.Net;
using System.Net.Http.Json;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Cluster.EndToEnd;

/// <summary>Tasks on real agents, of which each request meets another silo.</summary>
public sealed partial class MainJobTests
{
    [Fact]
    public async Task ShellTask_AskedForAtAnySilo_IsWatchedAndReadAtTheOthers()
    {
        for (var i = 0; i < 3; i++)
        {
            using var asked = Client(i);
            using var watched = Client((i + 1) % 3);
            using var read = Client((i + 2) % 3);

            var task = await PostAsync(asked, "/tasks", new { agent_id = "demo", type = "shell", command = $"echo greeting {i}" });
            var id = task.GetProperty("id").GetString();
            var events = await watched.GetStringAsync(TestCentre.Path($"/tasks/{id}/logs/stream"));
            var log = await GetAsync(read, $"/tasks/{id}/logs");

            Assert.Equal(1, Count(events, "event: end\n"));
            Assert.Equal(1, Count(events, $"\"message\":\"greeting {i}\""));
            Assert.True(log.GetProperty("complete").GetBoolean());
            Assert.Equal($"greeting {i}", Assert.Single(log.GetProperty("logs").EnumerateArray()).GetProperty("message").GetString());
        }
    }

    [Fact]
    public async Task Sync_AtEverySilo_AnswersWithTheEnd()
    {
        for (var i = 0; i < 3; i++)
        {
            using var client = Client(i);
            var task = await PostAsync(client, "/tasks", new { agent_id = "demo", type = "shell", command = $"echo sync {i}", sync = true });
            Assert.Equal(("success", 0), (task.GetProperty("status").GetString(), task.GetProperty("exit_code").GetInt32()));
            Assert.Contains($"sync {i}", task.GetProperty("result").GetString(), StringComparison.Ordinal);
            Assert.False(task.TryGetProperty("sync_timed_out", out _));
        }
    }

    [Fact]
    public async Task Policy_RefusesACommand_TheTaskSaysSoAtAnotherSilo()
    {
        using var asked = Client(0);
        using var read = Client(2);
        var task = await PostAsync(asked, "/tasks", new { agent_id = "demo", type = "shell", command = "rm -rf /", sync = true });
        var found = await GetAsync(read, $"/tasks/{task.GetProperty("id").GetString()}");
        Assert.Equal(("failed", ProblemCodes.PolicyRefused),
            (found.GetProperty("status").GetString(), found.GetProperty("problem").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Approval_BySecondKeyAtAnotherSilo_LetsTheTaskRun()
    {
        using var admin = Client(0);
        using var settings = await admin.PutAsJsonAsync(
            TestCentre.Path("/task-settings"), new { approvals = new[] { new { name = "naming", commands = new[] { "*uname*" } } } });
        Assert.True(settings.IsSuccessStatusCode, await settings.Content.ReadAsStringAsync());
        using var asker = cluster.Stack.Client(cluster.Stack.Silos[1], await cluster.Stack.CreateKeyAsync("demo", Role.Operator, "asker"));
        var task = await PostAsync(asker, "/tasks", new { agent_id = "demo", type = "shell", command = "uname" });
        var id = task.GetProperty("id").GetString();
        Assert.Equal(("pending", "waiting"), (task.GetProperty("status").GetString(), task.GetProperty("approval").GetProperty("state").GetString()));

        using var own = await asker.PostAsync(TestCentre.Path($"/tasks/{id}/approve"), null);
        Assert.Equal(HttpStatusCode.Forbidden, own.StatusCode);
        using var second = cluster.Stack.Client(cluster.Stack.Silos[2], await cluster.Stack.CreateKeyAsync("demo", Role.Operator, "second"));
        var waiting = await GetAsync(second, "/tasks?awaiting_approval=true");
        Assert.Equal(id, Assert.Single(waiting.GetProperty("tasks").EnumerateArray()).GetProperty("id").GetString());
        await PostAsync(second, $"/tasks/{id}/approve", new { note = "fine" });

        await EventuallyAsync("the approved task has run", async () => (await GetAsync(admin, $"/tasks/{id}")).GetProperty("status").GetString() == "success");
        Assert.Equal("Linux", Assert.Single((await GetAsync(admin, $"/tasks/{id}/logs")).GetProperty("logs").EnumerateArray()).GetProperty("message").GetString());
    }

    [Fact]
    public async Task Fanout_OverAgentsOfAllSilos_IsOneSummaryAtEach()
    {
        var stack = cluster.Stack;
        await stack.CreateTenantAsync("fleet");
        var (key, token) = (await stack.CreateKeyAsync("fleet"), await stack.CreateTokenAsync("fleet"));
        foreach (var silo in stack.Silos)
            await cluster.StartAgentAsync(silo, $"web-{silo.Index}", token);
        using var asked = stack.Client(stack.Silos[0], key);
        await EventuallyAsync("three agents are online", async () => (await GetAsync(asked, "/agents")).GetProperty("agents").EnumerateArray()
            .Count(agent => agent.GetProperty("status").GetString() == "online") == 3);

        var fanout = await PostAsync(asked, "/fanouts", new { agents = new[] { "web-*" }, type = "shell", command = "echo fleet", batch_size = 2 });

        var id = fanout.GetProperty("id").GetString();
        using var read = stack.Client(stack.Silos[2], key);
        await EventuallyAsync("the fan-out is over", async () => (await GetAsync(read, $"/fanouts/{id}")).GetProperty("status").GetString() == "success");
        foreach (var silo in stack.Silos)
        {
            using var client = stack.Client(silo, key);
            var summary = await GetAsync(client, $"/fanouts/{id}");
            Assert.Equal((3, 3), (summary.GetProperty("agent_count").GetInt32(), summary.GetProperty("counts").GetProperty("success").GetInt32()));
            var tasks = (await GetAsync(client, $"/tasks?fanout_id={id}")).GetProperty("tasks").EnumerateArray().ToList();
            Assert.Equal(["web-0", "web-1", "web-2"], tasks.Select(task => task.GetProperty("agent_id").GetString()).Order());
        }
    }

    private HttpClient Client(int silo) => cluster.Stack.Client(cluster.Stack.Silos[silo], cluster.Key);

    private Task EventuallyAsync(string what, Func<Task<bool>> isSo) =>
        Eventually.SoAsync(what, isSo, () => false, () => string.Join('\n', cluster.Stack.Silos.Select(silo => silo.Output)));

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
