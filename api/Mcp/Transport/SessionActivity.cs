using System.Text.Json;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Outrider.Grains.Mcp;
using Outrider.Grains.Runtime;

namespace Outrider.Api.Mcp.Transport;

/// <summary>
/// What sessions have under way on this node, so that it can be ended: calls by their id, and one event stream each. What a client ends
/// by a request to another node is learnt from a feed that all nodes read.
/// </summary>
internal sealed class SessionActivity(IFeeds feeds) : IHostedService
{
    /// <summary>Ended sessions that a node remembers; the oldest are forgotten first.</summary>
    public const int MaxEnded = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<RequestId, CancellationTokenSource>> _work = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly Queue<string> _endedInOrder = new();
    private IAsyncDisposable? _subscription;

    /// <summary>The event stream of a session has no id.</summary>
    public static RequestId Events => default;

    public async Task StartAsync(CancellationToken cancellationToken) =>
        _subscription = await feeds.SubscribeAsync<McpSessionSignal>(McpSessionSignal.Feed, McpSessionSignal.TheOne, OnSignalAsync);

    public async Task StopAsync(CancellationToken cancellationToken) => await (_subscription?.DisposeAsync() ?? ValueTask.CompletedTask);

    /// <summary>Whether this node knows that the client has ended the session.</summary>
    public bool IsEnded(string session)
    {
        lock (_gate)
            return _ended.Contains(session);
    }

    /// <summary>
    /// Makes a piece of work known. One of the same id before it ends: after a broken connection the newest is the live one. The new one
    /// ends at once if its session has ended meanwhile.
    /// </summary>
    public async Task BeginAsync(string session, RequestId call, CancellationTokenSource end)
    {
        CancellationTokenSource? over;
        lock (_gate)
        {
            if (!_work.TryGetValue(session, out var work))
                _work.Add(session, work = []);
            over = _ended.Contains(session) ? end : work.GetValueOrDefault(call);
            work[call] = end;
        }
        await CancelAsync(over);
    }

    /// <summary>The piece of work ended by itself.</summary>
    public void Finish(string session, RequestId call, CancellationTokenSource end)
    {
        lock (_gate)
        {
            if (!_work.TryGetValue(session, out var work) || work.GetValueOrDefault(call) != end)
                return;
            work.Remove(call);
            if (work.Count == 0)
                _work.Remove(session);
        }
    }

    /// <summary>Cancels a call of the session, wherever it runs; nothing happens if it has ended.</summary>
    public async Task CancelAsync(string session, RequestId call)
    {
        if (!await CancelHereAsync(session, call))
            await TellAsync(new McpSessionSignal(session, JsonSerializer.Serialize(call, McpJsonUtilities.DefaultOptions)));
    }

    /// <summary>Ends the session: at once here, as soon as they hear of it on the other nodes.</summary>
    public async Task EndAsync(string session)
    {
        await EndHereAsync(session);
        await TellAsync(new McpSessionSignal(session, Call: null));
    }

    private Task TellAsync(McpSessionSignal signal) =>
        feeds.PublishAsync(McpSessionSignal.Feed, McpSessionSignal.TheOne, new FeedItem<McpSessionSignal>(0, signal));

    private Task OnSignalAsync(FeedItem<McpSessionSignal> item) => item.Value.Call is { } call
        ? CancelHereAsync(item.Value.Session, JsonSerializer.Deserialize<RequestId>(call, McpJsonUtilities.DefaultOptions))
        : EndHereAsync(item.Value.Session);

    private async Task<bool> CancelHereAsync(string session, RequestId call)
    {
        CancellationTokenSource? end;
        lock (_gate)
            end = _work.GetValueOrDefault(session)?.GetValueOrDefault(call);
        await CancelAsync(end);
        return end is not null;
    }

    private async Task EndHereAsync(string session)
    {
        List<CancellationTokenSource> work;
        lock (_gate)
        {
            if (_ended.Add(session))
                _endedInOrder.Enqueue(session);
            if (_endedInOrder.Count > MaxEnded)
                _ended.Remove(_endedInOrder.Dequeue());
            work = _work.TryGetValue(session, out var own) ? [.. own.Values] : [];
        }
        foreach (var end in work)
            await CancelAsync(end);
    }

    private static async Task CancelAsync(CancellationTokenSource? work)
    {
        try
        {
            await (work?.CancelAsync() ?? Task.CompletedTask);
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in this moment.
        }
    }
}
