using Outrider.Protocol.Outcomes;
using Outrider.Protocol.SqlGuard;

namespace Outrider.Api.Mcp.Text;

/// <summary>A failed call in words that a model can act on: code, what happened, what to do next.</summary>
internal static class ProblemText
{
    private static readonly string s_allowed =
        "rewrite it as one statement of an allowed form. 'at' counts characters from 0. Allowed are SELECT and WITH on tables of "
        + $"information_schema, EXPLAIN of such, and: {string.Join(", ", StatementForms.All.Select(form => form.Id))}. "
        + "Don't try to get around the rule; the agent decides.";

    public static string Render(Problem problem)
    {
        var text = new Markdown().Line($"Error {problem.Code}: {Markdown.Inline(problem.Message)}");
        foreach (var (name, value) in problem.Details ?? [])
            text.Line($"{name}: {Markdown.Cell(value)}");
        if (problem.RetryAfterSeconds is { } seconds)
            text.Line($"Retry after {seconds} s.");
        if (Next(problem.Code) is { } next)
            text.Line($"Next: {next}");
        return text.ToString();
    }

    private static string? Next(string code) => code switch
    {
        ProblemCodes.InvalidArgument => "correct the argument and call again.",
        ProblemCodes.AgentNotFound => "call list_agents for the names of this tenant's agents.",
        ProblemCodes.AgentOffline =>
            "call list_agents to see when it was last heard and whether another agent is online. The agent dials out by itself; somebody "
            + "must see to it that outrider-agent runs on its machine and reaches the centre.",
        ProblemCodes.AgentBusy or ProblemCodes.RateLimited or ProblemCodes.LinkLost or ProblemCodes.Unavailable =>
            "wait a little and call again.",
        ProblemCodes.AgentRevoked => "tell the user: an admin took this agent's credential away, so it must enrol again.",
        ProblemCodes.AgentLacksCapability => "ask another agent; what this one may do is decided by the policy on its machine.",
        ProblemCodes.SqlRefused => s_allowed,
        ProblemCodes.PolicyRefused =>
            "the policy file on the agent's machine forbids this, and its word is final. Don't try to get around the rule: do it another way that it "
            + "allows, or tell the user which rule stands in the way.",
        ProblemCodes.CommandFailed => "call tail_task to see what it wrote, and correct the command.",
        ProblemCodes.TaskNotFound => "check the task's id; run_task says it. A task is kept for 30 days.",
        ProblemCodes.TaskLost => "it isn't known whether it ran to its end. Look at what it would have changed before you run it again.",
        ProblemCodes.ApprovalRefused => "somebody has refused it. Don't run it again; tell the user.",
        ProblemCodes.ApprovalExpired => "nobody approved it in time. Ask the user whether to run it again and who will approve.",
        ProblemCodes.ConnectionNotConfigured =>
            "call get_agent, and name a connection that stands in connections.json on the agent's machine; its owner adds more there.",
        ProblemCodes.FileNotFound => "check the file's id; files are uploaded by POST /api/v1/files.",
        ProblemCodes.SqlFailed => "correct the statement; DESCRIBE and information_schema.columns show what is there.",
        ProblemCodes.TimedOut => "narrow the question (WHERE, LIMIT, one database or table) or raise timeout_ms where there is one.",
        ProblemCodes.DatabaseUnreachable or ProblemCodes.DatabaseNotConfigured =>
            "call get_agent for the state of its databases. Somebody must check the database, and the connection settings on the agent's "
            + "machine.",
        ProblemCodes.ExpertNotFound => "call list_experts.",
        ProblemCodes.MetricNotFound => "call list_metrics for the names of the metrics that there are.",
        ProblemCodes.AlertNotFound => "call list_alerts for the alerts that there are; resolved ones with history = true.",
        ProblemCodes.RuleNotFound => "leave the rule out, or call list_alerts for the ids of rules that fired.",
        ProblemCodes.ChannelNotFound => "leave channels out, so that the default ones are told, or ask the user which to name.",
        ProblemCodes.SilenceNotFound or ProblemCodes.SecretNotFound => "tell the user: it isn't there, or has ended.",
        ProblemCodes.Conflict => "tell the user what is there already, and ask whether another id will do.",
        ProblemCodes.ExpertNotApplicable => "call list_experts for one that fits, or look by run_sql.",
        ProblemCodes.Forbidden => "tell the user that the API key in use lacks the right; another role's key is needed.",
        ProblemCodes.QuotaExceeded => "stop calling and tell the user: the tenant has used up what it may.",
        ProblemCodes.TenantDisabled => "stop calling and tell the user: the tenant is disabled.",
        ProblemCodes.Internal => "try once more; if it fails again, give the user the reference.",
        _ => null,
    };
}
