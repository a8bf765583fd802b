using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>kill -9 of agent and centre in the middle of a thousand tasks.</summary>
public sealed class TaskTests
{
    private const int Tasks = 1_000;

    [Fact]
    public async Task Kill_AgentAndCentreAmongAThousandTasks_EachEndsOnceAndNoneRunsTwice()
    {
        var data = Directory.CreateTempSubdirectory("outrider-tasks-").FullName;
        var (program, ran) = Install(data);
        await using var stack = await DemoStack.StartAsync("healthy", data);
        var outrider = stack.Outrider;
        var ids = await CreateAsync(outrider, program);
        Assert.Equal(Tasks, ids.Distinct().Count());

        await UntilEndedAsync(outrider, Tasks / 10);
        await outrider.Agent.KillAsync();
        await outrider.StartAgentAsync();
        await UntilEndedAsync(outrider, Tasks / 2);
        await outrider.Centre.KillAsync();
        await outrider.StartCentreAsync();
        await UntilEndedAsync(outrider, Tasks);

        var tasks = await ListAsync(outrider);
        Assert.Equal(ids.Order(), tasks.Select(task => task.Id).Order());
        Assert.All(tasks, task => Assert.Contains(task.Status, (string[])["success", "lost"]));
        var lines = await File.ReadAllLinesAsync(ran);
        Assert.Equal(lines.Length, lines.Distinct().Count());
        Assert.Empty(tasks.Where(task => task.Status == "success").Select(task => task.Number).Except(lines));
        // What was running when the agent was killed, and no more.
        Assert.InRange(tasks.Count(task => task.Status == "lost"), 0, 100);
    }

    /// <summary>A program that notes each run of it, and the policy that allows it.</summary>
    private static (string Program, string Ran) Install(string data)
    {
        var (program, ran) = (Path.Combine(data, "mark"), Path.Combine(data, "ran"));
        File.WriteAllText(program, $"#!/bin/sh\necho \"$1\" >>'{ran}'\nsleep 0.1\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var agent = Directory.CreateDirectory(Path.Combine(data, "agent"));
        File.WriteAllText(Path.Combine(agent.FullName, "policy.json"), JsonSerializer.Serialize(new
        {
            shell = new { enabled = true, users = new[] { Environment.UserName }, allow = new[] { new { program, args = new[] { "*" } } } },
        }));
        return (program, ran);
    }

    private static async Task<List<string>> CreateAsync(OutriderStack outrider, string program)
    {
        var ids = new List<string>();
        foreach (var some in Enumerable.Range(0, Tasks).Chunk(50))
            ids.AddRange(await Task.WhenAll(some.Select(number => CreateAsync(outrider, program, number))));
        return ids;
    }

    private static async Task<string> CreateAsync(OutriderStack outrider, string program, int number)
    {
        using var response = await outrider.Client.PostAsJsonAsync("/api/v1/tasks", new
        {
            agent_id = "demo", type = "shell", @params = new { args = new[] { program, $"{number}" }, user = Environment.UserName },
        });
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, answer);
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    private static Task UntilEndedAsync(OutriderStack outrider, int count) => Eventually.SoAsync(
        $"{count} tasks have ended",
        async () => (await ListAsync(outrider)).Count(task => task.Status is not ("pending" or "running")) >= count,
        () => outrider.Centre.HasExited || outrider.Agent.HasExited,
        () => $"--- centre\n{outrider.Centre.Output}\n--- agent\n{outrider.Agent.Output}");

    private static async Task<List<OneTask>> ListAsync(OutriderStack outrider)
    {
        var tasks = new List<OneTask>();
        for (string? after = ""; after is not null;)
        {
            var page = await outrider.Client.GetFromJsonAsync<JsonElement>($"/api/v1/tasks?limit=100{after}");
            tasks.AddRange(page.GetProperty("tasks").EnumerateArray().Select(OneTask.Of));
            after = page.GetProperty("next").GetString() is { } next ? $"&after={Uri.EscapeDataString(next)}" : null;
        }
        return tasks;
    }

    private sealed record OneTask(string Id, string Status, string Number)
    {
        public static OneTask Of(JsonElement task) => new(
            task.GetProperty("id").GetString()!, task.GetProperty("status").GetString()!,
            task.GetProperty("params").GetProperty("args")[1].GetString()!);
    }
}
