using Outrider.Agent.Executors;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>Runs tasks of one type as the test says.</summary>
internal sealed class FakeExecutor(string type, Func<TaskCreate, ITaskOutput, CancellationToken, Task<TaskComplete>> run) : IExecutor
{
    public string Type => type;

    public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation) => ValueTask.FromResult<Problem?>(null);

    public Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput payload, CancellationToken cancellation) => run(task, payload, cancellation);
}
