using Outrider.Grains.Files;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Operations.Files;

/// <inheritdoc cref="IFileIntake"/>
public sealed class TaskIntake(IGrains grains) : IFileIntake
{
    public async ValueTask<Problem?> AdmitAsync(string tenant, string agent, string task, CancellationToken cancellation)
    {
        // The id comes from the agent: what can't be part of a key is no task.
        var found = task.Contains('/', StringComparison.Ordinal) ? null : (await grains.Get<IAgentTask>(GrainKeys.Join(tenant, task)).GetAsync()).Value;
        return found is { IsOpen: true, Request.Type: TaskTypes.File } open && open.Request.Agent == agent ? null
            : new Problem(ProblemCodes.TaskNotFound, $"No task '{task}' of this agent waits for a file.");
    }
}
