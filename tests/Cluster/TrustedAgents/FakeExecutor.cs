using Outrider.Agent.Executors;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>Runs tasks of type <c>sql</c> as the test says.</summary>
internal sealed class FakeExecutor(Func<TaskCreate, ITaskOutput, CancellationToken, Task<TaskComplete>> run) : IExecutor
{
    public string Type => "sql";

    public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation) => ValueTask.FromResult<Problem?>(null);

    public Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput payload, CancellationToken cancellation) => run(task, payload, cancellation);
}
