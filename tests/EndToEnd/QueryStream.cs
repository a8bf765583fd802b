using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>Someone who asks one query after the other, whatever happens, and keeps count of what was answered.</summary>
internal sealed class QueryStream(OutriderStack outrider)
{
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private readonly HashSet<string> _problems = [];

    /// <summary>Queries that were answered with rows.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>The codes of the problems that came instead.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>Asks until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var response = await outrider.QueryAsync("SELECT current_version()", CancellationToken.None);
                if (response.IsSuccessStatusCode)
                    Count();
                else
                    _problems.Add((await response.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("code").GetString()!);
            }
            catch (HttpRequestException)
            {
                // The centre itself is gone: the connection says so.
            }
        }
    }

    /// <summary>Returns once so many queries were answered.</summary>
    public Task AcknowledgedAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (Acknowledged >= count)
                return Task.CompletedTask;
            _waiters.Add((count, reached));
        }
        return reached.Task.WaitAsync(TimeSpan.FromSeconds(90));
    }

    private void Count()
    {
        lock (_lock)
        {
            Acknowledged++;
            foreach (var (_, reached) in _waiters.Where(waiter => waiter.Count <= Acknowledged))
                reached.TrySetResult();
        }
    }
}
