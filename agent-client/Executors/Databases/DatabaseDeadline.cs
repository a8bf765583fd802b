using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Databases;

/// <summary>The time of one task: what it asks for, else what its type usually takes; at most what the policy allows.</summary>
internal sealed class DatabaseDeadline : IDisposable
{
    private readonly TimeSpan _length;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    public DatabaseDeadline(string type, DatabasePolicy policy, ExecOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var asked = TimeSpan.FromMilliseconds(options.TimeoutMs ?? TaskTypes.TimeoutOf(type) * 1000.0);
        var allowed = TimeSpan.FromSeconds(policy.MaxTimeoutSeconds);
        _length = asked < allowed ? asked : allowed;
        _timer = new CancellationTokenSource(_length, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellation);
    }

    /// <summary>All of the time.</summary>
    public TimeSpan Length => _length;

    /// <summary>Fires when the time is up or the task is canceled.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Why it fired: <c>canceled</c> or <c>timed_out</c>.</summary>
    public Problem Problem(CancellationToken cancellation) => cancellation.IsCancellationRequested
        ? new Problem(ProblemCodes.Canceled, "The task was canceled, and its statement killed.")
        : new Problem(ProblemCodes.TimedOut, $"The task took longer than {_length.TotalMilliseconds:F0} ms, and its statement was killed. "
            + "Split it, or allow more in params.exec_options.timeout_ms.");

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
