using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Outrider.Silo.Hosting.TenantsFile;

/// <summary>
/// Imports the tenants file at the start and whenever it changes: at once when the system tells, else within
/// <see cref="PollEvery"/>, because not every file system tells.
/// </summary>
public sealed class TenantsFileWatch(TenantsFileImport import, TimeProvider time, ILogger<TenantsFileWatch> log) : IHostedService, IDisposable
{
    public static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(5);

    // An editor writes a file in several steps: they become one import.
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _changed = new(0);
    private FileSystemWatcher? _watcher;
    private Task _loop = Task.CompletedTask;

    /// <summary>Has imported the file, if there is one, when it returns.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Watch();
        await import.LookAsync(cancellationToken);
        _loop = LoopAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _loop;
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _stop.Dispose();
        _changed.Dispose();
    }

    private void Watch()
    {
        try
        {
            _watcher = new FileSystemWatcher(Path.GetDirectoryName(Path.GetFullPath(import.Path))!, Path.GetFileName(import.Path));
            _watcher.Changed += (_, _) => _changed.Release();
            _watcher.Created += (_, _) => _changed.Release();
            _watcher.Deleted += (_, _) => _changed.Release();
            _watcher.Renamed += (_, _) => _changed.Release();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            // Out of inotify watches, or no such folder: looking every few seconds is enough.
            log.LogWarning("Changes of {File} are noticed within {Period} only: {Why}", import.Path, PollEvery, e.Message);
        }
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                if (await NextAsync())
                    await Task.Delay(s_settle, time, _stop.Token);
                while (_changed.CurrentCount > 0)
                    await _changed.WaitAsync(_stop.Token);
                await LookAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The centre stops.
        }
    }

    // True: the system told of a change; false: it is time to look anyway.
    private async Task<bool> NextAsync()
    {
        using var poll = new CancellationTokenSource(PollEvery, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, _stop.Token);
        try
        {
            await _changed.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (poll.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task LookAsync()
    {
        try
        {
            await import.LookAsync(_stop.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Looking at {File} failed", import.Path);
        }
    }
}
