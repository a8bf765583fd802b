using Outrider.Agent.Policy;
using Outrider.Agent.Statements;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Databases;

/// <summary>Holds statements against the policy of their type.</summary>
internal static class StatementRules
{
    /// <summary>Null: all of them may run. <c>policy_refused</c>: the first that may not, and by which rule.</summary>
    /// <param name="type">Of the task.</param>
    /// <param name="policy">Of that type.</param>
    /// <param name="mayWrite">Whether the connection lets tasks write.</param>
    /// <param name="statements">All that would run.</param>
    public static Problem? Check(string type, DatabasePolicy policy, bool mayWrite, IReadOnlyList<SqlStatement> statements) =>
        statements.Select(statement => Check(type, policy, mayWrite, statement)).FirstOrDefault(problem => problem is not null);

    private static Problem? Check(string type, DatabasePolicy policy, bool mayWrite, SqlStatement statement)
    {
        var (isOn, name) = statement.Kind switch
        {
            StatementKind.Read => (true, "read"),
            StatementKind.Write => (policy.Write, "write"),
            StatementKind.Ddl => (policy.Ddl, "ddl"),
            _ => (policy.Admin, "admin"),
        };
        var what = $"Statement {statement.Index} ({statement.Form})";
        var why = statement.Reason is null ? "" : $", because {statement.Reason}";
        if (!isOn)
            return PolicyRefusal.Because($"databases.{type}.{name}", $"{what} is of kind {name}{why}, which the agent's policy doesn't let through.");
        if (statement.Kind != StatementKind.Read && !mayWrite)
            return PolicyRefusal.Because("connection.write", $"{what} is of kind {name}{why}; the connection only lets tasks read.");
        return policy.DeniedBy(statement.Form) is >= 0 and var rule
            ? PolicyRefusal.Because($"databases.{type}.deny[{rule}]", $"{what} is denied by the agent's policy: {policy.Deny![rule]}.")
            : null;
    }
}
