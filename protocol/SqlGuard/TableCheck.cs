namespace Outrider.Protocol.SqlGuard;

/// <summary>Decides what a table name in a FROM clause means, and whether a query may read it.</summary>
internal sealed class TableCheck(CteScope scope, GuardPolicy policy)
{
    /// <summary>The rule and message that refuse the name, or null when a query may read it.</summary>
    public (string Rule, string Message)? Refusal(IReadOnlyList<string> name) =>
        name.Count == 1 && scope.Contains(name[0]) ? null : AllowedTables.Refusal(name, policy);
}
