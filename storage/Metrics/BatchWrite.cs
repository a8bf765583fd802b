namespace Outrider.Storage.Metrics;

/// <summary>A batch of an agent, and what it changes with it.</summary>
/// <param name="Agent">The agent as it is to be; only if the stored version is one less.</param>
/// <param name="NewSeries">Null: none are new.</param>
/// <param name="Journal">Null: it has no samples.</param>
/// <param name="Processes">Is dropped where the minute has a snapshot already.</param>
public sealed record BatchWrite(AgentRow Agent, SeriesRow? NewSeries, NewEntry? Journal, ProcessesRow? Processes);
