namespace Outrider.Protocol.SqlGuard;

/// <summary>What an agent's owner adds to the built-in allow lists. The default adds nothing.</summary>
public sealed record GuardPolicy
{
    public static GuardPolicy Default { get; } = new();

    /// <summary>
    /// The database an unqualified table name belongs to, when the agent opens its connections in that database.
    /// Null: an unqualified name is refused unless it is a common table expression in scope.
    /// </summary>
    public string? DefaultDatabase { get; init; }

    /// <summary>Further tables that queries may read, each as <c>schema.table</c>; ASCII letters compare without case.</summary>
    public IReadOnlyList<string> ExtraTables { get; init; } = [];
}
