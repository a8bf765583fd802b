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
public sealed class CallFilter(CallOptions options, IHostApplicationLifetime? host = null) : IOutgoingGrainCallFilter, IDisposable
{
    /// <summary>What Orleans' own response timeout has to be: longer than any deadline.</summary>
    public static readonly TimeSpan LastResort = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(500);
    private readonly CallDeadlines _deadlines = new(options.Time);
    // A client that is made without a host ends by being disposed.
    private readonly CancellationToken _stopped = host?.ApplicationStopped ?? CancellationToken.None;

    public Task Invoke(IOutgoingGrainCallContext context) =>
        CallRules.Of(context.InterfaceMethod) is { } rules ? InvokeAsync(context, rules) : context.Invoke();

    public void Dispose() => _deadlines.Dispose();

    private async Task InvokeAsync(IOutgoingGrainCallContext context, CallRules rules)
    {
        var request = context.Request;
        var caller = request.GetCancellationToken();
        caller.ThrowIfCancellationRequested();
        var limit = rules.Deadline ?? options.Deadline;
        var call = _deadlines.Start(limit, request.IsCancellable);
        var link = default(CancellationTokenRegistration);
        if (call.Cancellation is { } cancellation)
        {
            link = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), cancellation);
            request.SetArgument(request.GetArgumentCount() - 1, cancellation.Token);
        }
        try
        {
            await TryAsync(context, call);
        }
        catch (Exception e) when (IsLost(e))
        {
            await RepeatAsync(context, rules, call, e);
        }
        catch (OrleansException e)
        {
            throw Translate(context, e);
        }
        catch (OperationCanceledException) when (call.IsOverdue && !caller.IsCancellationRequested)
        {
            throw Late(context, limit);
        }
        finally
        {
            _deadlines.End(call);
            await link.DisposeAsync();
        }
        if (call.IsOverdue && context.Response is null)
            throw Late(context, limit);
    }

    /// <summary>One attempt. A method that takes no token can't be stopped when the call is overdue, but isn't waited for.</summary>
    private static async Task TryAsync(IOutgoingGrainCallContext context, PendingCall call)
    {
        var answer = context.Invoke();
        if (call.Cancellation is null)
            await call.UntilAsync(answer);
        if (answer.IsCompleted || call.Cancellation is not null)
            await answer;
    }

    /// <summary>Tries again while a node is being lost and its grains move.</summary>
    private async Task RepeatAsync(IOutgoingGrainCallContext context, CallRules rules, PendingCall call, Exception lost)
    {
        var start = options.Time.GetTimestamp();
        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            // A rejected message has not reached the grain; one whose silo was lost may have.
            var again = lost is OrleansMessageRejectionException || rules.Idempotent;
            if (!again || call.IsOverdue || options.Time.GetElapsedTime(start) >= options.RetryFor || _stopped.IsCancellationRequested)
                throw new GrainUnreachableException($"The node that runs {context.TargetId} was lost during {context.MethodName}: {lost.Message}", lost);
            await PauseAsync(pause, call.Cancellation?.Token ?? CancellationToken.None);
            try
            {
                await TryAsync(context, call);
                return;
            }
            catch (Exception e) when (IsLost(e))
            {
                lost = e;
            }
            catch (OrleansException e)
            {
                throw Translate(context, e);
            }
        }
    }

    private static bool IsLost(Exception failure) => failure is OrleansMessageRejectionException or SiloUnavailableException;

    private static Exception Translate(IOutgoingGrainCallContext context, OrleansException e) => e is ClientNotAvailableException
        ? new ObserverGoneException($"The process of {context.TargetId} is gone: {e.Message}")
        // Above all: its state can't be read, so that it doesn't activate.
        : new GrainUnreachableException($"{context.TargetId} can't run {context.MethodName}: {e.Message}", e);

    private static TimeoutException Late(IOutgoingGrainCallContext context, TimeSpan limit) =>
        new($"{context.TargetId} did not answer {context.MethodName} within {limit.TotalSeconds:0} s.");

    /// <summary>Waits, but not for a process that ends: there the next attempt is the last.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(pause, options.Time, cancellation).WaitAsync(_stopped);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The process ends.
        }
    }
}
