using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.Activations;

/// <summary>One timer of a grain. It is its own turn, since at most one of its ticks waits or runs.</summary>
[SuppressMessage("Design", "CA2213", Justification = "A token source without a timer holds nothing to dispose of.")]
internal sealed class GrainTimer(Activation activation, Func<CancellationToken, Task> tick) : Turn, IDisposable, IAsyncDisposable
{
    private CancellationTokenSource _cancellation = new();
    private ITimer? _timer;
    private int _pending;
    private volatile bool _disposed;

    internal override bool IsOver
    {
        get
        {
            if (!_disposed)
                return false;
            Volatile.Write(ref _pending, 0);
            return true;
        }
    }

    internal override bool NeedsGrain => false;

    internal override bool KeepsActive => false;

    public void Start(TimeSpan due, TimeSpan period) => _timer = activation.Host.Options.Time.CreateTimer(
        static timer => ((GrainTimer)timer!).OnDue(), this, due, period);

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _timer?.Dispose();
        activation.Detach(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal override async Task RunAsync(object grain)
    {
        if (_cancellation.IsCancellationRequested)
            _cancellation = new CancellationTokenSource();
        Deadline = activation.Host.Now + activation.Host.CallSweeps();
        try
        {
            await tick(_cancellation.Token);
        }
        catch (Exception e)
        {
            activation.Host.Log.LogError(e, "{Grain}: a timer's tick has failed; the timer goes on.", activation.Name);
        }
        Deadline = int.MaxValue;
        Volatile.Write(ref _pending, 0);
    }

    internal override void Fail(Exception reason) => Volatile.Write(ref _pending, 0);

    internal override void OnDeadline() => _cancellation.CancelAsync();

    private void OnDue()
    {
        if (!_disposed && Interlocked.Exchange(ref _pending, 1) == 0
            && activation.Add(this, bounded: false) is Mailbox.Admission.Closed)
            _timer?.Dispose();
    }
}
