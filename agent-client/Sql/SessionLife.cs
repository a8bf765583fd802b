namespace Outrider.Agent.Sql;

/// <summary>How the sessions of a pool begin and end.</summary>
/// <param name="MaxIdle">Most sessions kept while nobody uses them.</param>
/// <param name="Idle">Longest time one is kept unused.</param>
/// <param name="Total">Longest time one is kept at all.</param>
/// <param name="Resets">Whether users may leave anything in a session, so that it must be reset before the next one.</param>
/// <param name="Opening">A statement for each new session, which may fail; null: none.</param>
internal sealed record SessionLife(int MaxIdle, TimeSpan Idle, TimeSpan Total, bool Resets, string? Opening)
{
    /// <summary>
    /// For statements that the guard let through, which leave nothing behind. They must not outlive an agent that was killed and so can't
    /// kill them: the variable is StarRocks' own limit, in seconds; MySQL and MariaDB notice the closed connection.
    /// </summary>
    public static SessionLife Guarded { get; } = new(int.MaxValue, TimeSpan.FromMinutes(5), TimeSpan.MaxValue, false, "SET query_timeout = 60");

    /// <summary>For tasks.</summary>
    public static SessionLife Tasks { get; } = new(5, TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), true, null);
}
