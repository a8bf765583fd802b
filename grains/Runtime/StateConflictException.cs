namespace Outrider.Grains.Runtime;

/// <summary>A save was refused because the stored state is not the one that was read: a lost update prevented.</summary>
public sealed class StateConflictException(string message) : Exception(message);
