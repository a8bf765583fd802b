using System.CommandLine;

namespace Outrider.Silo.Hosting.Commands;

/// <summary><c>outrider agent …</c></summary>
internal static class AgentCommands
{
    private static readonly Option<string?> s_key = new("--key")
    {
        Description = "An API key of the tenant (OUTRIDER_API_KEY, which other users of this machine can't see).", Recursive = true,
    };

    public static Command Create() => new("agent", "Manages the agents of a tenant, with a key of the tenant.") { s_key, List(), Revoke() };

    private static Command List()
    {
        var command = new Command("list", "Lists the agents.");
        CommandRun.Handle(command, async run =>
        {
            var agents = await Pages.ReadAsync("/agents", "agents", path => run.AsTenantAsync(run.Value(s_key), HttpMethod.Get, path));
            run.Print(agents, json => TextTable.Of(
                json.GetProperty("agents").EnumerateArray(), "name", "status", "facts.version", "facts.hostname", "last_seen_at"));
        });
        return command;
    }

    private static Command Revoke()
    {
        var name = new Argument<string>("name");
        var command = new Command("revoke", "Takes an agent's credential away and closes its link.") { name };
        CommandRun.Handle(command, run =>
            run.AsTenantAsync(run.Value(s_key), HttpMethod.Delete, $"/agents/{Uri.EscapeDataString(run.Value(name))}"));
        return command;
    }
}
