using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>An agent's end of the link, answering by the text of the statement.</summary>
internal sealed class ScriptedLink : IAgentLink
{
    /// <summary>Never ends by itself.</summary>
    public const string Slow = "SELECT SLEEP(1000)";

    public const string Wide = "SELECT wide";
    public const string Numbers = "SELECT numbers";
    public const string Refused = "DROP TABLE t";

    private readonly Channel<TaskCreate> _started = Channel.CreateUnbounded<TaskCreate>();
    private readonly Channel<string> _canceled = Channel.CreateUnbounded<string>();

    /// <summary>Tasks in the order they came.</summary>
    public ChannelReader<TaskCreate> Started => _started.Reader;

    /// <summary>The commands that were cancelled.</summary>
    public ChannelReader<string> Canceled => _canceled.Reader;

    public async Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation)
    {
        await _started.Writer.WriteAsync(task, CancellationToken.None);
        return task.Command switch
        {
            Slow => await UntilCanceledAsync(task, cancellation),
            Refused => Failed(task, new Problem(ProblemCodes.SqlRefused, "DROP is not a read-only form.")
            {
                Details = new() { ["rule"] = "form", ["at"] = "0" },
            }),
            Wide => Rows(task, ["n", "text"], ColumnKind.Text, Enumerable.Range(0, Math.Min(5_000, task.Limits!.MaxRows))
                .Select(n => new string?[] { $"{n}", new string('x', 90) })),
            Numbers => Rows(task, ["big", "none"], ColumnKind.Int64, [["9223372036854775807", null]]),
            _ => Rows(task, ["one"], ColumnKind.Int32, [["1"]]),
        };
    }

    public Task<bool> PingAsync() => Task.FromResult(true);

    public Task CloseAsync(Problem reason) => Task.CompletedTask;

    private async Task<TaskResult> UntilCanceledAsync(TaskCreate task, CancellationToken cancellation)
    {
        var canceled = new TaskCompletionSource();
        await using (cancellation.Register(canceled.SetResult))
            await canceled.Task;
        await _canceled.Writer.WriteAsync(task.Command!, CancellationToken.None);
        return Failed(task, new Problem(ProblemCodes.Canceled, "The caller cancelled it."), TaskStatuses.Canceled);
    }

    private static TaskResult Failed(TaskCreate task, Problem problem, string status = TaskStatuses.Failed) =>
        new(new TaskComplete { TaskId = task.TaskId, Status = status, Problem = problem }, []);

    private static TaskResult Rows(TaskCreate task, string[] columns, ColumnKind kind, IEnumerable<string?[]> rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        RowSetWriter.WriteHeader(buffer, [.. columns.Select(name => new RowSetColumn(name, kind, kind is ColumnKind.Int64 ? "BIGINT" : "VARCHAR"))]);
        var count = 0;
        foreach (var row in rows)
        {
            count++;
            foreach (var cell in row)
            {
                if (cell is null)
                    RowSetWriter.WriteNull(buffer);
                else
                    RowSetWriter.WriteCell(buffer, Encoding.UTF8.GetBytes(cell));
            }
        }
        var complete = new TaskComplete
        {
            TaskId = task.TaskId,
            Status = TaskStatuses.Success,
            Rows = count,
            Truncated = count == task.Limits!.MaxRows ? "rows" : null,
            ElapsedMs = 1.5,
            PayloadBytes = buffer.WrittenCount,
        };
        return new TaskResult(complete, buffer.WrittenSpan.ToArray());
    }
}
