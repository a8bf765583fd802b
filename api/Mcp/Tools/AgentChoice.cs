using Outrider.Api.Operations;
using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

/// <summary>Which agent a call means: the one it names, or the tenant's only one.</summary>
internal sealed class AgentChoice(AgentOperations agents)
{
    private const int Shown = 20;

    public static ToolParameter Parameter { get; } = new(
        "agent", "string", "Name of the agent, as in list_agents. May be left out when there is only one.") { MaxLength = 63 };

    public async Task<Outcome<string>> ChooseAsync(ToolCall call)
    {
        if (call.Arguments.Text(Parameter.Name) is { Length: > 0 } named)
            return named;
        var listed = await agents.ListAsync(call.Caller, after: null, Shown);
        if (!listed.Ok)
            return listed.Problem;
        return listed.Value switch
        {
            [var only] => only.Name,
            [] => new Problem(ProblemCodes.AgentNotFound,
                "This tenant has no agent yet. Somebody must install outrider-agent on a machine that reaches the database and enrol it."),
            var several => new Problem(ProblemCodes.InvalidArgument,
                $"There are several agents; say which in the argument 'agent': {string.Join(", ", several.Select(Name))}"
                + (several.Count == Shown ? ", … (list_agents shows all)." : ".")),
        };
    }

    private static string Name(AgentView agent) => $"{agent.Name} ({agent.Status.ToString().ToLowerInvariant()})";
}
