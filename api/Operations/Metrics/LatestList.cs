namespace Outrider.Api.Operations.Metrics;

/// <summary>The newest samples of an agent. A series without any in the last hours is not there.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="Series">By metric and labels.</param>
public sealed record LatestList(string Agent, List<LatestView> Series);
