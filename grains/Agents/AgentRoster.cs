namespace Outrider.Grains.Agents;

/// <summary>What changed in the directory, or all of it.</summary>
/// <param name="Run">
/// Names a run of changes. Another one than the caller's: what the caller knows is void, and these entries are the first of all there are.
/// </param>
/// <param name="Through">Pass it with <see cref="Run"/> to hear what changes after this.</param>
/// <param name="Entries">What changed, oldest change first; as many as were asked for: there may be more.</param>
public sealed record AgentRoster(string Run, long Through, List<AgentEntry> Entries);
