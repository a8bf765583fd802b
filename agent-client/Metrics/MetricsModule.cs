using Outrider.Agent.Collectors;
using Outrider.Agent.Collectors.Containers;
using Outrider.Agent.Collectors.Host;
using Outrider.Agent.Collectors.Own;
using Outrider.Agent.Collectors.Processes;
using Outrider.Agent.Collectors.Scraping;
using Outrider.Agent.Configuration;
using Outrider.Agent.Csv;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Agent.Policy;
using Outrider.Agent.Spool;
using Outrider.Protocol.Link;

namespace Outrider.Agent.Metrics;

/// <summary>The agent's measuring side put together: collectors, batches, spool. It measures whether there is a link or not.</summary>
public sealed class MetricsModule : IAsyncDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    /// <summary>Collectors that run together have ended by then: their samples don't wait for the next batch.</summary>
    private static readonly TimeSpan s_reportAfter = TimeSpan.FromSeconds(2);

    /// <summary>Measuring makes about this much garbage in half a minute, for as long as the agent runs.</summary>
    private const long GarbageBytes = 1024 * 1024;

    private const double ClockWarningSeconds = 30;

    private readonly MetricsPolicy _policy;
    private readonly AgentLog _log;
    private readonly TimeProvider _time;
    private readonly MetricRecorder _recorder;
    private readonly CollectorSchedule _schedule;
    private readonly IReadOnlyList<ICollector> _collectors;
    private readonly CsvCopy? _csv;
    private readonly GarbageBudget _garbage = new(GarbageBytes);
    private readonly CancellationTokenSource _stop = new();
    private readonly long _start;
    private MetricsPlan _plan;
    private ITimer? _timer;
    private readonly List<Task> _running = [];
    private TimeSpan _reportDue = s_reportAfter;
    private int _ticking;
    private bool _clockWarned;

    /// <summary>Opens the spool in the agent's folder. Throws <see cref="IOException"/> when it can't.</summary>
    /// <param name="options">The agent's options.</param>
    /// <param name="policy">What may be measured.</param>
    /// <param name="boot">The agent's boot.</param>
    /// <param name="log">Takes what a person should know.</param>
    /// <param name="time">The clock.</param>
    /// <param name="collectors">Null: all there are.</param>
    internal MetricsModule(AgentOptions options, MetricsPolicy policy, string boot, AgentLog log, TimeProvider time, IReadOnlyList<ICollector>? collectors = null)
    {
        (_policy, _log, _time) = (policy, log, time);
        _start = time.GetTimestamp();
        _plan = new MetricsPlan(policy, new LinkConfig((int)LinkProtocol.Heartbeat.TotalSeconds, (int)LinkProtocol.Report.TotalSeconds));
        Spool = new MetricSpool(Path.Combine(options.DataDirectory, "spool"), policy.SpoolLimits, log, time);
        _recorder = new MetricRecorder(boot);
        _csv = options.MetricsCsv ? new CsvCopy(Path.Combine(options.DataDirectory, "csv"), log) : null;
        _collectors = collectors ?? Collectors(options);
        _schedule = new CollectorSchedule(_collectors, Take, log, time);
        _schedule.Apply(_plan.Interval);
    }

    internal MetricSpool Spool { get; }

    internal ClockOffset Clock { get; } = new();

    /// <summary>Begins to measure.</summary>
    public void Start() => _timer = _time.CreateTimer(_ => Tick(), null, TimeSpan.Zero, s_tick);

    /// <summary>What sends the spool over a link. Run and dispose it with the link.</summary>
    /// <param name="send">Sends a batch without waiting for its answer; false: the link is lost.</param>
    public MetricSender CreateSender(Func<EncodedBatch, Task<bool>> send) => new(Spool, send, Clock, _time);

    /// <summary>Takes what the centre asks for; it holds at once.</summary>
    public void Apply(LinkConfig asked)
    {
        // A centre that says nothing of what to measure leaves that as it is.
        lock (_schedule)
        {
            var before = _plan;
            _plan = new MetricsPlan(_policy, asked.Metrics is null ? asked with { Metrics = before.Asked } : asked);
            if (_plan.Revision == before.Revision && _plan.Report == before.Report)
                return;
            _schedule.Apply(_plan.Interval);
            _reportDue = _time.GetElapsedTime(_start) + s_reportAfter;
            if (_plan.Revision is { } revision && revision != before.Revision)
                _log.Info($"Measures by revision {revision} of the centre's configuration.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync();
        await _stop.CancelAsync();
        // A collector that hangs in the kernel is not waited for.
        await Task.WhenAny(Task.WhenAll(_running), Task.Delay(s_tick, _time));
        Report();
        Spool.Dispose();
        foreach (var collector in _collectors.OfType<IDisposable>())
            collector.Dispose();
        _stop.Dispose();
    }

    private List<ICollector> Collectors(AgentOptions options)
    {
        var collectors = new List<ICollector>();
        if (OperatingSystem.IsLinux())
        {
            collectors.Add(new HostCollector());
            collectors.Add(new ProcessCollector(() => _plan.Processes));
        }
        var socket = options.DockerSocket ?? ContainerCollector.DefaultSocket;
        if (options.DockerSocket is not null || File.Exists(socket))
            collectors.Add(new ContainerCollector(socket, _time));
        collectors.AddRange(options.Scrape.Select(target => new ScrapeCollector(target, _log, _time)));
        collectors.Add(new AgentCollector(Figures, () => _schedule.States, _time));
        return collectors;
    }

    private AgentFigures Figures() => new(Spool.Bytes, Spool.Batches, Spool.Dropped, Clock.Seconds, _plan.Revision);

    private void Tick()
    {
        // One that takes longer than a second stands for the next.
        if (Interlocked.Exchange(ref _ticking, 1) == 1)
            return;
        try
        {
            lock (_schedule)
            {
                var elapsed = _time.GetElapsedTime(_start);
                if (elapsed >= _reportDue || _recorder.IsFull)
                {
                    while (_reportDue <= elapsed)
                        _reportDue += _plan.Report;
                    Report();
                }
                _running.RemoveAll(run => run.IsCompleted);
                _running.Add(_schedule.Tick(_stop.Token));
            }
            Spool.Maintain();
            WarnOfClock();
            _garbage.Check();
        }
        catch (Exception e)
        {
            _log.Error($"Measuring failed: {e}");
        }
        finally
        {
            Volatile.Write(ref _ticking, 0);
        }
    }

    private void Take(Readings readings)
    {
        _recorder.Take(readings);
        // Only one collector has processes, and its runs don't overlap.
        if (readings.Processes is { } processes)
            _csv?.Append(processes);
    }

    private void Report()
    {
        foreach (var batch in _recorder.Flush())
            Spool.Append(batch);
    }

    private void WarnOfClock()
    {
        var off = Clock.Seconds is { } offset && Math.Abs(offset) > ClockWarningSeconds;
        if (off && !_clockWarned)
            _log.Warn($"This machine's clock is {Clock.Seconds:0.0} s ahead of the centre's; what is measured here stands at wrong times there. Set it, for example by NTP.");
        _clockWarned = off;
    }
}
