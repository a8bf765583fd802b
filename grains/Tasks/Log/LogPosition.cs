namespace Outrider.Grains.Tasks.Log;

/// <summary>A place in a task's log: after this chunk of this attempt.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Number">The chunk's number.</param>
public readonly record struct LogPosition(int Attempt, uint Number);
