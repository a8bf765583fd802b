using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Files;

/// <summary>Decides which files agents may hand in: only results of tasks that wait for one.</summary>
public interface IFileIntake
{
    /// <summary>Null: this task runs on this agent and may bring a file. <c>task_not_found</c> else.</summary>
    ValueTask<Problem?> AdmitAsync(string tenant, string agent, string task, CancellationToken cancellation);
}
