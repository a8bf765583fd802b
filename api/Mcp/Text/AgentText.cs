using Outrider.Grains.Agents;
using Outrider.Protocol.Link;

namespace Outrider.Api.Mcp.Text;

/// <summary>Agents in words.</summary>
internal static class AgentText
{
    public static string List(List<AgentView> agents, string? next)
    {
        if (agents.Count == 0)
            return "No agents.";
        var text = new Markdown()
            .Line(Markdown.Row(["agent", "status", "last heard", "databases", "version", "host"]))
            .Line("|---|---|---|---|---|---|");
        foreach (var agent in agents)
        {
            text.Line(Markdown.Row(
                [agent.Name, Status(agent), At(agent.LastSeenAt), Databases(agent), agent.Facts?.Version ?? "", agent.Facts?.Hostname ?? ""]));
        }
        if (next is not null)
            text.Line().Line($"There may be more: call again with after = \"{next}\".");
        return text.ToString();
    }

    public static string One(AgentView agent)
    {
        var text = new Markdown()
            .Line($"Agent {agent.Name}: {Status(agent)}")
            .Line($"- last heard: {At(agent.LastSeenAt)}")
            .Line($"- connected: {(agent.Connected ? $"since {At(agent.ConnectedAt)}" : "no")}")
            .Line($"- enrolled: {At(agent.EnrolledAt)}");
        if (agent.Facts is { } facts)
        {
            text.Line($"- version {facts.Version}; can do: {string.Join(", ", facts.Capabilities)}");
            text.Line($"- machine: {Markdown.Cell(string.Join(", ", Machine(facts)))}");
            if (facts.Labels is { Count: > 0 } labels)
                text.Line($"- labels: {Markdown.Cell(string.Join(", ", labels.Select(label => $"{label.Key}={label.Value}")))}");
        }
        foreach (var database in agent.Databases)
            text.Line($"- database {database.Name}: {Markdown.Cell(Join(database.State, database.Version, database.Message))}");
        return text.ToString();
    }

    private static string Status(AgentView agent) => agent.Status.ToString().ToLowerInvariant();

    private static string At(DateTimeOffset? at) => at is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", null) : "never";

    private static string Databases(AgentView agent) =>
        string.Join("; ", agent.Databases.Select(database => $"{database.Name} {Join(database.State, database.Version, null)}"));

    private static string Join(params string?[] parts) => string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));

    private static IEnumerable<string> Machine(AgentFacts facts)
    {
        if (facts.Hostname is { } host)
            yield return host;
        if (facts.Os is { } os)
            yield return $"{os} {facts.Arch}".TrimEnd();
        if (facts.Cpus is { } cpus)
            yield return $"{cpus} CPUs";
        if (facts.MemoryBytes is { } bytes)
            yield return $"{bytes / (1024.0 * 1024 * 1024):0.#} GiB";
    }
}
