using System.Text;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>What executors write beside bytes.</summary>
internal static class TaskOutputExtensions
{
    /// <summary>Writes a remark of the executor as a line of its own.</summary>
    public static ValueTask NoteAsync(this ITaskOutput output, string text, CancellationToken cancellation) =>
        output.WriteAsync(TaskStream.Note, Encoding.UTF8.GetBytes(text + "\n"), cancellation);
}
