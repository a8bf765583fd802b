using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Grains.Diagnosis;

/// <summary>A link whose agent answers from a function, and holds answers back on request.</summary>
internal sealed class FakeLink(Func<string, Outcome<RowTable>> ask) : IAgentLink
{
    private readonly Channel<Held> _held = Channel.CreateUnbounded<Held>();
    private int _running;

    /// <summary>Every task sent, in order.</summary>
    public ConcurrentQueue<TaskCreate> Tasks { get; } = new();

    /// <summary>The most tasks that ran at the same time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Which statements wait to be released.</summary>
    public Func<string, bool> Holds { get; set; } = _ => false;

    /// <summary>Which statements end with this instead of rows; null: those of the function.</summary>
    public Func<string, Problem?> Fails { get; set; } = _ => null;

    public int Count(string sql) => Tasks.Count(task => task.Command == sql);

    /// <summary>The next statement that is held back, once there is one.</summary>
    public async Task<Held> NextHeldAsync() => await _held.Reader.ReadAsync();

    public async Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation)
    {
        Tasks.Enqueue(task);
        lock (_held)
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
        try
        {
            if (Holds(task.Command!))
            {
                var held = new Held(task.Command!, cancellation);
                await _held.Writer.WriteAsync(held, CancellationToken.None);
                await held.Released.Task.WaitAsync(cancellation);
            }
            return Answer(task);
        }
        finally
        {
            lock (_held)
                _running--;
        }
    }

    public Task<Outcome<Done>> SendAsync(TaskMessage message) =>
        Task.FromResult<Outcome<Done>>(new Problem(ProblemCodes.AgentLacksCapability, "It runs no tasks."));

    public Task<bool> PingAsync() => Task.FromResult(true);

    public Task<DateTimeOffset?> LastHeardAsync(string session) => Task.FromResult<DateTimeOffset?>(null);

    public Task CloseAsync(Problem reason) => Task.CompletedTask;

    private TaskResult Answer(TaskCreate task)
    {
        var answer = Fails(task.Command!) is { } problem ? problem : ask(task.Command!);
        var status = answer.Ok ? TaskStatuses.Success
            : answer.Problem.Code == ProblemCodes.LinkLost ? TaskStatuses.Lost : TaskStatuses.Failed;
        return new TaskResult(
            new TaskComplete { TaskId = task.TaskId, Status = status, Problem = answer.Problem },
            answer.Ok ? Encode(answer.Value) : []);
    }

    private static byte[] Encode(RowTable table)
    {
        var bytes = new ArrayBufferWriter<byte>();
        RowSetWriter.WriteHeader(bytes, [.. table.Columns]);
        foreach (var cell in table.Rows.SelectMany(row => row))
        {
            if (cell is null)
                RowSetWriter.WriteNull(bytes);
            else
                RowSetWriter.WriteCell(bytes, Encoding.UTF8.GetBytes(cell));
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A statement held back.</summary>
    public sealed record Held(string Sql, CancellationToken Cancellation)
    {
        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
