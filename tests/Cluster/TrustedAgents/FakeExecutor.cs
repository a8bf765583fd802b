using Outrider.Agent.Executors;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>Runs tasks of type <c>sql</c> as the test says.</summary>
internal sealed class FakeExecutor(Func<TaskCreate, IPayloadSink, CancellationToken, Task<TaskComplete>> run) : IExecutor
{
    public string Type => "sql";

    public Task<TaskComplete> RunAsync(TaskCreate task, IPayloadSink payload, CancellationToken cancellation) => run(task, payload, cancellation);
}
