namespace Outrider.Silo.Embedded.Calls;

/// <summary>One method of a contract. For generated references.</summary>
/// <typeparam name="TArguments">A value tuple of the arguments, without the cancellation token.</typeparam>
/// <typeparam name="TResult">What the task holds; an empty value tuple when it holds nothing.</typeparam>
public sealed class CallMethod<TArguments, TResult>(
    string name, bool takesCancellation, TimeSpan? deadline, CallMethod<TArguments, TResult>.Invoker invoke)
{
    /// <summary>Calls the method on the object itself.</summary>
    public delegate ValueTask<TResult> Invoker(object target, ref TArguments arguments, CancellationToken cancellation);

    internal string Name { get; } = name;

    internal bool TakesCancellation { get; } = takesCancellation;

    /// <summary>How long its calls may take; null: the host's call deadline.</summary>
    internal TimeSpan? Deadline { get; } = deadline;

    internal Invoker Invoke { get; } = invoke;
}
