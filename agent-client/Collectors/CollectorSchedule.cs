using Outrider.Agent.Logging;

namespace Outrider.Agent.Collectors;

/// <summary>Runs the collectors, each when it is due. Those due at once begin at once, so that their samples share a time.</summary>
/// <param name="collectors">Their names differ.</param>
/// <param name="measured">Takes what a run measured, on any thread; must have taken it in when it returns.</param>
public sealed class CollectorSchedule(IReadOnlyList<ICollector> collectors, Action<Readings> measured, AgentLog log, TimeProvider time)
{
    private readonly CollectorRun[] _runs = [.. collectors.Select(collector => new CollectorRun(collector, measured, log, time))];
    private readonly long _start = time.GetTimestamp();

    /// <summary>Sets how often collectors run, from now on.</summary>
    /// <param name="plan">Gives for a collector's name and own interval the interval it shall have; null: it shall not run.</param>
    public void Apply(Func<string, TimeSpan, TimeSpan?> plan)
    {
        var elapsed = time.GetElapsedTime(_start);
        for (var i = 0; i < _runs.Length; i++)
        {
            var run = _runs[i];
            var interval = plan(run.Name, collectors[i].Interval);
            if (interval is { } wanted && (wanted != run.Interval || !run.Enabled))
                (run.Interval, run.DueAt) = (wanted, elapsed);
            run.Enabled = interval is not null;
        }
    }

    /// <summary>Begins what is due. Called about once a second; never from two threads at once.</summary>
    /// <returns>The runs it began.</returns>
    public Task Tick(CancellationToken stopping)
    {
        var elapsed = time.GetElapsedTime(_start);
        return Task.WhenAll(_runs.Select(run => run.Tick(elapsed, stopping)).OfType<Task>());
    }

    /// <summary>How the collectors are doing: name, seconds of the last run, runs that failed.</summary>
    public IEnumerable<(string Name, double? Seconds, long Failures)> States => _runs.Select(run => (run.Name, run.Seconds, run.Failures));
}
