using Outrider.Protocol.Link;

namespace Outrider.Agent.Link;

/// <summary>What the agent tells of its databases.</summary>
public interface IStatusSource
{
    /// <summary>As last found; returns at once, does no I/O.</summary>
    List<DatabaseState> Databases { get; }

    /// <summary>Raised after <see cref="Databases"/> changed, on any thread: the link reports it at once instead of with the next report.</summary>
    event Action? Changed;
}
