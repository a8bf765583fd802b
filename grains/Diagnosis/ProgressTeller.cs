namespace Outrider.Grains.Diagnosis;

/// <summary>
/// Tells a watcher how far a run is, without ever waiting for it or failing by it: while it is busy, steps are passed over and only the
/// latest follows; once it fails it is told no more.
/// </summary>
internal sealed class ProgressTeller(IDiagnosisProgress? watcher, TimeProvider time)
{
    /// <summary>What a watcher gets at the end to take the last step in.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private IDiagnosisProgress? _watcher = watcher;
    private (string Step, int Done, int Total)? _next;
    private Task _telling = Task.CompletedTask;

    public void Tell(string step, int done, int total)
    {
        if (_watcher is null)
            return;
        _next = (step, done, total);
        if (_telling.IsCompleted)
            _telling = TellAsync();
    }

    /// <summary>After this the watcher hears nothing more that it hasn't begun to take in.</summary>
    public async Task FinishAsync()
    {
        try
        {
            await _telling.WaitAsync(s_patience, time);
        }
        catch (TimeoutException)
        {
            _watcher = null;
        }
    }

    private async Task TellAsync()
    {
        while (_watcher is { } watcher && _next is { } next)
        {
            _next = null;
            try
            {
                await watcher.OnProgressAsync(next.Step, next.Done, next.Total);
            }
            catch (Exception)
            {
                // A watcher that is gone or broken is no reason to stop the run.
                _watcher = null;
            }
        }
    }
}
