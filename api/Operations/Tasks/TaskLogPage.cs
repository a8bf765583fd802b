namespace Outrider.Api.Operations.Tasks;

/// <summary>Rows of a task's log.</summary>
/// <param name="Logs">In their order.</param>
/// <param name="Next">Pass it as <c>after</c> for what follows; null: there is nothing yet.</param>
/// <param name="Complete">The task is over and these are the last.</param>
/// <param name="Gap">Something is missing between them; a row of level <c>warn</c> says where and how much.</param>
public sealed record TaskLogPage(List<LogRowView> Logs, string? Next, bool Complete, bool Gap);
