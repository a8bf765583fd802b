using System.Collections.Concurrent;

namespace Outrider.MySql.Server;

/// <summary>The sessions of one server by connection id, so that one can kill what another runs. Thread safe.</summary>
public sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<uint, ServerSession> _sessions = new();
    private uint _lastId;

    /// <summary>Number of sessions.</summary>
    public int Count => _sessions.Count;

    /// <summary>The sessions of this moment.</summary>
    public IEnumerable<ServerSession> Sessions => _sessions.Values;

    /// <summary>A connection id that was never given before.</summary>
    public uint NextId() => Interlocked.Increment(ref _lastId);

    internal void Add(ServerSession session) => _sessions[session.ConnectionId] = session;

    internal void Remove(ServerSession session) => _sessions.TryRemove(session.ConnectionId, out _);

    internal KillOutcome Kill(KillStatement kill, string user)
    {
        if (!_sessions.TryGetValue(kill.ConnectionId, out var session))
            return KillOutcome.Unknown;
        if (session.User != user)
            return KillOutcome.NotOwner;
        session.Kill(kill.QueryOnly);
        return KillOutcome.Done;
    }
}
