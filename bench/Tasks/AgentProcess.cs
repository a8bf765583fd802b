using Outrider.Testing.Processes;

namespace Outrider.Bench.Tasks;

/// <summary>The agent as it is shipped, named <c>bench</c>, in a process of its own.</summary>
internal static class AgentProcess
{
    /// <summary>Returns once it is linked.</summary>
    public static async Task<ChildProcess> StartAsync(OutriderStack stack, CentreTasks centre, string readable)
    {
        var folder = Directory.CreateDirectory(stack.AgentFolder).FullName;
        BenchPolicy.Write(folder, readable);
        var agent = ChildProcess.Start(Programs.Agent, ["run"], new Dictionary<string, string>
        {
            ["OUTRIDER_URL"] = stack.Url.ToString(),
            ["OUTRIDER_AGENT_NAME"] = "bench",
            ["OUTRIDER_AGENT_DATA"] = folder,
            ["OUTRIDER_ENROLMENT_TOKEN"] = await stack.TokenAsync(),
        });
        await centre.LinkedAsync(["bench"]);
        return agent;
    }
}
