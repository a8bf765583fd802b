using Microsoft.Extensions.Logging;

namespace Outrider.Api.Health;

/// <summary>Asks all checks, once a second at most however often it is asked itself.</summary>
public sealed class Readiness(IEnumerable<IReadinessCheck> checks, TimeProvider time, ILogger<Readiness> log) : IDisposable
{
    private static readonly TimeSpan s_keep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1);
    private ReadinessView? _last;
    private long _lastAt;
    private volatile bool _started;
    private volatile bool _stopping;

    /// <summary>The centre has started; until then it is <c>initializing</c>.</summary>
    public void Started() => _started = true;

    /// <summary>The centre stops: it is <c>stopping</c>, and whoever balances load looks for another one.</summary>
    public void Stopping() => _stopping = true;

    public async Task<ReadinessView> AskAsync(CancellationToken cancellation)
    {
        if (_stopping)
            return new ReadinessView("stopping", []);
        if (!_started)
            return new ReadinessView("initializing", []);
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_last is null || time.GetElapsedTime(_lastAt) >= s_keep)
            {
                var results = await Task.WhenAll(checks.Select(check => RunAsync(check, cancellation)));
                _last = new ReadinessView(results.Any(result => result.Status is ReadinessStatus.Failed) ? "unready" : "ready", results);
                _lastAt = time.GetTimestamp();
            }
            return _last;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<ReadinessResult> RunAsync(IReadinessCheck check, CancellationToken cancellation)
    {
        try
        {
            return await check.CheckAsync(cancellation).WaitAsync(s_patience, time, cancellation);
        }
        catch (TimeoutException)
        {
            return new ReadinessResult(check.Name, ReadinessStatus.Failed, $"It did not answer within {s_patience.TotalSeconds} s.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The readiness check {Check} failed", check.Name);
            // The message may name files of the machine: the log has it, the public answer doesn't.
            return new ReadinessResult(check.Name, ReadinessStatus.Failed, "It failed; the centre's log has the reason.");
        }
    }
}
