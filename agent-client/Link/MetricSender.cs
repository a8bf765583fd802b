using Outrider.Agent.Collectors;
using Outrider.Agent.Spool;
using Outrider.Protocol.Link;

namespace Outrider.Agent.Link;

/// <summary>
/// Sends what the spool holds over one link: the newest batch and those to come at once, the backlog at a bounded rate and in half of the
/// window, so that it never stands in the way of what is live.
/// </summary>
public sealed class MetricSender : IDisposable
{
    private const int BacklogUnanswered = LinkProtocol.MaxUnansweredBatches / 2;

    /// <summary>Ten a second: a day at 10 s is sent in a quarter of an hour.</summary>
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(100);

    private readonly MetricSpool _spool;
    private readonly Func<EncodedBatch, Task<bool>> _send;
    private readonly ClockOffset _clock;
    private readonly TimeProvider _time;
    private readonly ITimer _pacer;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Boot, ulong Seq), long> _unanswered = [];
    private readonly long _start;
    private TaskCompletionSource _wake = NewWake();
    private TimeSpan _backlogDue;

    /// <param name="spool">What is to be sent.</param>
    /// <param name="send">Sends a batch without waiting for its answer; false: the link is lost.</param>
    /// <param name="clock">Learns from the answers.</param>
    /// <param name="time">The clock.</param>
    internal MetricSender(MetricSpool spool, Func<EncodedBatch, Task<bool>> send, ClockOffset clock, TimeProvider time)
    {
        (_spool, _send, _clock, _time) = (spool, send, clock, time);
        _start = time.GetTimestamp();
        _pacer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>Sends until the link is lost.</summary>
    public async Task RunAsync(CancellationToken lost)
    {
        _spool.Attach();
        _spool.Appended += Wake;
        try
        {
            while (!lost.IsCancellationRequested)
            {
                var wake = Volatile.Read(ref _wake);
                if (Next() is { } batch)
                {
                    if (!await SendAsync(batch))
                        return;
                    continue;
                }
                await wake.Task.WaitAsync(lost);
                Interlocked.CompareExchange(ref _wake, NewWake(), wake);
            }
        }
        catch (OperationCanceledException)
        {
            // The link is lost.
        }
        finally
        {
            _spool.Appended -= Wake;
            _spool.Detach();
        }
    }

    /// <summary>Takes the centre's answer to a batch. False: no such batch was sent.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="centreAt">The centre's clock as its frame says, milliseconds since 1970-01-01 UTC; null: it didn't say.</param>
    public bool Answer(MetricsAck answer, long? centreAt)
    {
        long sentAt;
        lock (_lock)
        {
            if (!_unanswered.Remove((answer.Boot, answer.Seq), out sentAt))
                return false;
        }
        if (centreAt is { } at)
            _clock.Observe(_time.GetElapsedTime(sentAt), _time.GetUtcNow().ToUnixTimeMilliseconds(), at);
        if (answer.Problem is { RetryAfterSeconds: { } seconds })
        {
            _spool.PutBack(answer.Boot, answer.Seq);
            var due = Elapsed + TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 300));
            lock (_lock)
                _backlogDue = due > _backlogDue ? due : _backlogDue;
        }
        else
        {
            _spool.Acknowledge(answer.Boot, answer.Seq, refused: answer.Problem is not null);
        }
        Wake();
        return true;
    }

    public void Dispose() => _pacer.Dispose();

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Wake() => Volatile.Read(ref _wake).TrySetResult();

    /// <summary>The next batch that may be sent now. Null: none, until something wakes the loop.</summary>
    private EncodedBatch? Next()
    {
        int unanswered;
        lock (_lock)
            unanswered = _unanswered.Count;
        if (unanswered >= LinkProtocol.MaxUnansweredBatches)
            return null;
        if (_spool.Take(live: true) is { } live)
            return live;
        if (unanswered >= BacklogUnanswered || !_spool.HasBacklog)
            return null;
        lock (_lock)
        {
            var elapsed = Elapsed;
            if (elapsed < _backlogDue)
            {
                _pacer.Change(_backlogDue - elapsed, Timeout.InfiniteTimeSpan);
                return null;
            }
            _backlogDue = elapsed + s_pace;
        }
        return _spool.Take(live: false);
    }

    private async Task<bool> SendAsync(EncodedBatch batch)
    {
        lock (_lock)
            _unanswered[(batch.Boot, batch.Seq)] = _time.GetTimestamp();
        return await _send(batch);
    }
}
