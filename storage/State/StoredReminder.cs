namespace Outrider.Storage.State;

/// <summary>A reminder of one grain: next due at <see cref="DueAt"/>, then every <see cref="Period"/>.</summary>
public sealed record StoredReminder(string Grain, string Key, string Name, DateTimeOffset DueAt, TimeSpan Period);
