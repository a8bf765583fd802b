using System.Collections.Concurrent;
using Outrider.Testing.Time;

namespace Outrider.Tests.Conformance;

/// <summary>
/// What a test and its grain, found by the grain's key, tell each other past the host: events that happened, and gates that hold a
/// turn until the test opens them. Works for every host whose grains run in the test's process.
/// </summary>
public sealed class Stage
{
    private static readonly ConcurrentDictionary<string, Stage> s_stages = new();

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();

    public EventLog Log { get; } = new();

    /// <summary>The stage of one key. Tests take a new key each, so they never share one.</summary>
    public static Stage Of(string key) => s_stages.GetOrAdd(key, _ => new Stage());

    public void Open(string gate) => Gate(gate).TrySetResult();

    public Task PassAsync(string gate, CancellationToken cancellation = default) => Gate(gate).Task.WaitAsync(cancellation);

    private TaskCompletionSource Gate(string gate) =>
        _gates.GetOrAdd(gate, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
