using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Policy;

/// <summary>The policy for tasks on one type of database. By itself it lets only reading statements through.</summary>
/// <param name="Enabled">True: the executor exists.</param>
/// <param name="Write">Statements may change rows, where the connection allows it too.</param>
/// <param name="Ddl">They may change tables and what else holds rows, likewise.</param>
/// <param name="Admin">They may do everything else, likewise: users, settings, files of the server, other servers.</param>
/// <param name="Connections">The only ones of connections.json that tasks may name; null: all of the type.</param>
/// <param name="Targets">Tasks may give host and user themselves, where the policy's host rules let that host through.</param>
/// <param name="Deny">Forms of statements that are refused all the same: <c>DROP DATABASE</c>, or <c>DROP</c> for all of them.</param>
/// <param name="MaxTimeoutSeconds">Longest time one task may take.</param>
/// <param name="MaxRows">Most rows that one statement brings.</param>
/// <param name="MaxStatements">Most statements of one task.</param>
/// <param name="Program">For <c>mongo</c>: where mongosh is; null: on the PATH.</param>
public sealed record DatabasePolicy(
    bool Enabled = false,
    bool Write = false,
    bool Ddl = false,
    bool Admin = false,
    IReadOnlyList<string>? Connections = null,
    bool Targets = false,
    IReadOnlyList<string>? Deny = null,
    int MaxTimeoutSeconds = TaskTypes.MaxTimeoutSeconds,
    int MaxRows = DatabasePolicy.MostRows,
    int MaxStatements = DatabasePolicy.MostStatements,
    string? Program = null)
{
    private const int MostRows = 100_000;
    private const int MostStatements = 100_000;

    internal string? Fault() =>
        MaxTimeoutSeconds is < 1 or > TaskTypes.MaxTimeoutSeconds ? $"max_timeout_seconds must be 1 to {TaskTypes.MaxTimeoutSeconds}"
        : MaxRows is < 0 or > MostRows ? $"max_rows must be 0 to {MostRows}"
        : MaxStatements is < 1 or > MostStatements ? $"max_statements must be 1 to {MostStatements}"
        : Deny?.Any(string.IsNullOrWhiteSpace) == true ? "deny has an empty form"
        : Program is not null && !Path.IsPathFullyQualified(Program) ? "program must be an absolute path"
        : null;

    /// <summary>The entry of <see cref="Deny"/> that a statement's form begins with, by whole words; -1: none.</summary>
    internal int DeniedBy(string form)
    {
        for (var i = 0; i < (Deny?.Count ?? 0); i++)
        {
            var denied = string.Join(' ', Deny![i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if ((form + " ").StartsWith(denied + " ", StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }
}
