namespace Outrider.Grains.Runtime;

/// <summary>
/// A contract method that may run twice for one call without harm. When a node of a cluster is lost with a call in flight, nobody knows
/// whether it ran: the host repeats calls of such methods, and fails others with <see cref="GrainUnreachableException"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;
