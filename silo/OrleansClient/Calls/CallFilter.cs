using Microsoft.Extensions.Hosting;
using Outrider.Grains.Runtime;

namespace Outrider.Silo.OrleansClient.Calls;

/// <summary>
/// Gives every call of our contracts what the ports promise: a deadline that cancels the method, a repeat while a node is being lost,
/// and failures that plain code knows.
/// </summary>
/// <remarks>
/// Orleans has a response timeout of its own; it stays behind as the last resort, because it can't be set on a plain interface and isn't
/// told by <see cref="TimeProvider"/>.
/// </remarks>
public sealed class CallFilter(CallOptions options, IHostApplicationLifetime host) : IOutgoingGrainCallFilter
{
    /// <summary>What Orleans' own response timeout has to be: longer than any deadline.</summary>
    public static readonly TimeSpan LastResort = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(500);

    public Task Invoke(IOutgoingGrainCallContext context) =>
        CallRules.Of(context.InterfaceMethod) is { } rules ? InvokeAsync(context, rules) : context.Invoke();

    private async Task InvokeAsync(IOutgoingGrainCallContext context, CallRules rules)
    {
        var limit = rules.Deadline ?? options.Deadline;
        var request = context.Request;
        var caller = request.GetCancellationToken();
        caller.ThrowIfCancellationRequested();
        using var deadline = new CancellationTokenSource(limit, options.Time);
        using var either = caller.UnsafeRegister(static deadline => ((CancellationTokenSource)deadline!).Cancel(), deadline);
        if (request.IsCancellable)
            request.SetArgument(request.GetArgumentCount() - 1, deadline.Token);
        try
        {
            await TryAsync(context, rules, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            throw new TimeoutException($"{context.TargetId} did not answer {context.MethodName} within {limit.TotalSeconds:0} s.");
        }
    }

    private async Task TryAsync(IOutgoingGrainCallContext context, CallRules rules, CancellationToken cancellation)
    {
        var start = options.Time.GetTimestamp();
        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                // A method that takes no token can't be stopped, but isn't waited for.
                await (context.Request.IsCancellable ? context.Invoke() : context.Invoke().WaitAsync(cancellation));
                return;
            }
            catch (ClientNotAvailableException e)
            {
                throw new ObserverGoneException($"The process of {context.TargetId} is gone: {e.Message}");
            }
            catch (Exception e) when (e is OrleansMessageRejectionException or SiloUnavailableException)
            {
                // A rejected message has not reached the grain; one whose silo was lost may have.
                var again = e is OrleansMessageRejectionException || rules.Idempotent;
                if (!again || options.Time.GetElapsedTime(start) >= options.RetryFor || host.ApplicationStopped.IsCancellationRequested)
                    throw new GrainUnreachableException($"The node that runs {context.TargetId} was lost during {context.MethodName}: {e.Message}", e);
            }
            catch (OrleansException e)
            {
                // Above all: its state can't be read, so that it doesn't activate.
                throw new GrainUnreachableException($"{context.TargetId} can't run {context.MethodName}: {e.Message}", e);
            }
            await PauseAsync(pause, cancellation);
        }
    }

    /// <summary>Waits, but not for a process that ends: there the next attempt is the last.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(pause, options.Time, cancellation).WaitAsync(host.ApplicationStopped);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The process ends.
        }
    }
}
