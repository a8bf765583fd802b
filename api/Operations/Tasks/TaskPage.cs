namespace Outrider.Api.Operations.Tasks;

/// <summary>A page of tasks, the newest first; without their results.</summary>
/// <param name="Next">Pass it as <c>after</c> for the next page; null: this was the last.</param>
public sealed record TaskPage(List<TaskView> Tasks, string? Next);
