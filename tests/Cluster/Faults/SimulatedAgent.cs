using System.Buffers;
using Outrider.Agent.Configuration;
using Outrider.Agent.Executors;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Protocol.Rows;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Cluster.Faults;

/// <summary>The agent's own link in this process, with an executor that notes each statement and answers it with one row.</summary>
internal sealed class SimulatedAgent : IExecutor, IAsyncDisposable
{
    private static readonly byte[] s_rows = Rows();

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<string> _statements = [];

    private readonly Task _running;

    public SimulatedAgent(Uri url, string name, string token, string folder)
    {
        Directory.CreateDirectory(folder);
        Name = name;
        var options = new AgentOptions { Url = url, Name = name, EnrolmentToken = token, DataDirectory = folder };
        _running = new AgentHost
        {
            Options = options,
            Transport = new WebSocketTransport(url, options, TimeProvider.System),
            Executors = [this],
            Log = new AgentLog(TextWriter.Null, TimeProvider.System),
            Time = TimeProvider.System,
        }.RunAsync(_stopping.Token);
    }

    public string Name { get; }

    public string Type => "sql";

    /// <summary>What it was told to run, in order.</summary>
    public List<string> Statements
    {
        get
        {
            lock (_statements)
                return [.. _statements];
        }
    }

    public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation) => ValueTask.FromResult<Problem?>(null);

    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput payload, CancellationToken cancellation)
    {
        lock (_statements)
            _statements.Add(task.Command!);
        await payload.WriteAsync(TaskStream.Payload, s_rows, cancellation);
        return new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Success, Rows = 1 };
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private static byte[] Rows()
    {
        var to = new ArrayBufferWriter<byte>();
        RowSetWriter.WriteHeader(to, [new RowSetColumn("n", ColumnKind.Int32, "INT")]);
        RowSetWriter.WriteCell(to, "1"u8);
        return to.WrittenSpan.ToArray();
    }
}
