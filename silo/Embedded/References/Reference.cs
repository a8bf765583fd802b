using System.ComponentModel;
using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.References;

/// <summary>Base of the generated references (see <see cref="ReferenceCompiler"/>); public only because they are in an assembly of their own.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Reference(CallTarget target)
{
    /// <summary>Sends one call.</summary>
    protected Task<TResult> CallAsync<TArguments, TResult>(
        CallMethod<TArguments, TResult> method, TArguments arguments, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<TResult>(cancellation);
        var call = new Call<TArguments, TResult>(target, method, arguments, cancellation);
        target.Send(call);
        return call.Answered;
    }

    /// <summary>Gives the result of a method that returns <see cref="Task"/> the shape that all calls have.</summary>
    protected static ValueTask<ValueTuple> FromTask(Task task) =>
        task.IsCompletedSuccessfully ? default : AwaitAsync(new ValueTask(task));

    /// <summary>As <see cref="FromTask"/>, for <see cref="ValueTask"/>.</summary>
    protected static ValueTask<ValueTuple> FromValueTask(ValueTask task) => AwaitAsync(task);

    private static async ValueTask<ValueTuple> AwaitAsync(ValueTask task)
    {
        await task;
        return default;
    }
}
