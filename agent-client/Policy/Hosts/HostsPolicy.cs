namespace Outrider.Agent.Policy.Hosts;

/// <summary>Which hosts tasks may name. Without an entry, none. Servers that the agent's own files name are not asked about here.</summary>
/// <param name="Allow">What may be reached.</param>
/// <param name="Deny">What may not, though it is allowed.</param>
public sealed record HostsPolicy(IReadOnlyList<HostEntry>? Allow = null, IReadOnlyList<HostEntry>? Deny = null)
{
    internal IReadOnlyList<HostPattern> Allowed => Read(Allow);

    internal IReadOnlyList<HostPattern> Denied => Read(Deny);

    internal string? Fault() => Fault("hosts.allow", Allow) ?? Fault("hosts.deny", Deny);

    private static string? Fault(string list, IReadOnlyList<HostEntry>? entries)
    {
        foreach (var entry in entries ?? [])
        {
            if (HostPattern.Parse(entry, out var fault) is null)
                return $"{list} has '{entry.Host}': {fault}";
        }
        return null;
    }

    private static List<HostPattern> Read(IReadOnlyList<HostEntry>? entries) =>
        [.. (entries ?? []).Select(entry => HostPattern.Parse(entry, out var fault) ?? throw new ArgumentException($"'{entry.Host}': {fault}"))];
}
