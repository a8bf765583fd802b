using Outrider.Agent.Logging;

namespace Outrider.Agent.Collectors;

/// <summary>One collector on its way from run to run: when it is due, whether it runs, how it went.</summary>
internal sealed class CollectorRun(ICollector collector, Action<Readings> measured, AgentLog log, TimeProvider time)
{
    private readonly Readings _readings = new();
    private long _startedAt;
    private bool _counted;
    private bool _failing;
    private int _running;
    private long _failures;
    private double _seconds = double.NaN;

    public string Name => collector.Name;

    /// <summary>Off: no run begins.</summary>
    public bool Enabled { get; set; } = true;

    public TimeSpan Interval { get; set; } = collector.Interval;

    /// <summary>Since the schedule began: when the next run is due.</summary>
    public TimeSpan DueAt { get; set; }

    /// <summary>Runs that failed or ran out of time.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>How long the last run took; null before the first.</summary>
    public double? Seconds => Volatile.Read(ref _seconds) is var seconds && !double.IsNaN(seconds) ? seconds : null;

    /// <summary>Begins a run that is due, unless the one before hasn't ended: a collector that hangs holds up itself only.</summary>
    /// <param name="elapsed">Since the schedule began.</param>
    /// <param name="stopping">Ends the run.</param>
    /// <returns>The run; null when none began.</returns>
    public Task? Tick(TimeSpan elapsed, CancellationToken stopping)
    {
        if (Volatile.Read(ref _running) == 1)
        {
            if (!_counted && time.GetElapsedTime(_startedAt) > collector.TimeLimit)
                Fail($"gave no answer within {collector.TimeLimit.TotalSeconds} s");
            return null;
        }
        if (!Enabled || elapsed < DueAt)
            return null;
        // From when it was due, so that intervals don't drift; runs that were missed are not made up for.
        DueAt += Interval * Math.Max(1, Math.Ceiling((elapsed - DueAt + TimeSpan.FromTicks(1)) / Interval));
        Volatile.Write(ref _running, 1);
        (_startedAt, _counted) = (time.GetTimestamp(), false);
        _readings.Begin(time.GetUtcNow().ToUnixTimeMilliseconds());
        return Task.Run(() => RunAsync(stopping), CancellationToken.None);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            using var limit = new CancellationTokenSource(collector.TimeLimit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
            await collector.CollectAsync(_readings, either.Token);
            var took = time.GetElapsedTime(_startedAt);
            Volatile.Write(ref _seconds, Math.Round(took.TotalSeconds, 4));
            if (_counted || took > collector.TimeLimit)
            {
                Fail($"took {took.TotalSeconds:0.0} s, longer than it may");
                return;
            }
            measured(_readings);
            if (_failing)
                log.Info($"Collector {Name} works again.");
            _failing = false;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (OperationCanceledException)
        {
            Fail($"gave no answer within {collector.TimeLimit.TotalSeconds} s");
        }
        catch (Exception e)
        {
            Fail($"failed: {e.Message}");
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Counts a run once, and tells of it when it is the first of a row.</summary>
    private void Fail(string how)
    {
        if (_counted)
            return;
        _counted = true;
        Interlocked.Increment(ref _failures);
        if (!_failing)
            log.Warn($"Collector {Name} {how}. What it measures is missing until it works again.");
        _failing = true;
    }
}
