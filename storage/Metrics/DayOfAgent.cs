namespace Outrider.Storage.Metrics;

/// <summary>A day (counted from 1970) of an agent, whose coarser roll-ups are to be made from the minutes.</summary>
public readonly record struct DayOfAgent(int Day, int Agent);
