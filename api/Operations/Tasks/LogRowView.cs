using System.Text.Json.Serialization;
using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Operations.Tasks;

/// <summary>A row of a task's log as callers see it.</summary>
/// <param name="Id">Its place: pass it as <c>after</c> for what follows.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Level"><c>info</c>; <c>error</c>: of the standard error; <c>warn</c>: something is missing here.</param>
/// <param name="Message">The line without its end.</param>
/// <param name="Timestamp">When its beginning was read, by the agent's clock.</param>
/// <param name="Stream"><c>stdout</c>, <c>stderr</c> or <c>note</c>, which are the executor's own remarks.</param>
/// <param name="Attempt">The attempt that wrote it.</param>
/// <param name="Missing">Bytes that are missing; absent: none.</param>
public sealed record LogRowView(
    string Id,
    string TaskId,
    string Level,
    string Message,
    DateTimeOffset Timestamp,
    string Stream,
    int Attempt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Missing = null)
{
    internal static LogRowView Of(string task, LogRow row) => new(
        row.Place.ToString(), task, LevelOf(row), row.Text, At(row.At), NameOf(row.Stream), row.Place.Attempt, row.Missing > 0 ? row.Missing : null);

    /// <summary>The stream of this name; null: there is none.</summary>
    internal static TaskStream? StreamOf(string name) => name switch
    {
        "stdout" => TaskStream.Stdout,
        "stderr" => TaskStream.Stderr,
        "note" => TaskStream.Note,
        _ => null,
    };

    private static string NameOf(TaskStream stream) => stream.ToString().ToLowerInvariant();

    private static string LevelOf(LogRow row) => row.Missing > 0 ? "warn" : row.Stream == TaskStream.Stderr ? "error" : "info";

    /// <summary>An agent's clock may say anything.</summary>
    private static DateTimeOffset At(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
