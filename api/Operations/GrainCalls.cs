using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>Turns the ways in which a call to a grain, a link or the store can end without an answer into problems a caller understands.</summary>
public static class GrainCalls
{
    /// <summary>Seconds after which a part that was lost has most likely been replaced.</summary>
    private const int SoonSeconds = 1;

    /// <summary><c>link_lost</c>, <c>timed_out</c>, <c>unavailable</c> or <c>canceled</c> instead of an exception.</summary>
    public static async Task<Outcome<T>> OrProblemAsync<T>(Func<Task<Outcome<T>>> call, string agent, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (ObserverGoneException)
        {
            return new Problem(ProblemCodes.LinkLost, $"The link to agent '{agent}' broke before the work ended. Ask again when it is back.")
            {
                RetryAfterSeconds = SoonSeconds,
            };
        }
        catch (TimeoutException)
        {
            return new Problem(ProblemCodes.TimedOut, $"Agent '{agent}' didn't answer in time; the work was cancelled. Ask for less, or again later.");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Problem(ProblemCodes.Canceled, "The caller went away; the work was cancelled.");
        }
        catch (Exception e) when (Describe(e) is { } problem)
        {
            return problem;
        }
    }

    /// <summary>The problem instead of an exception that asking again may mend, so that it can be noted.</summary>
    public static async Task<Outcome<T>> OrProblemAsync<T>(Func<Task<Outcome<T>>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (Describe(e) is { } problem)
        {
            return problem;
        }
    }

    /// <summary>What a front door says of a failure that asking again may mend: <c>timed_out</c> or <c>unavailable</c>; null: it is none.</summary>
    public static Problem? Describe(Exception failure) => failure switch
    {
        TimeoutException => new(ProblemCodes.TimedOut, "The centre did not answer in time. Try again.") { RetryAfterSeconds = SoonSeconds },
        StateConflictException => new(ProblemCodes.Unavailable, "Another node of the centre has changed this at the same time. Ask again.")
        {
            RetryAfterSeconds = SoonSeconds,
        },
        UnavailableException or ObserverGoneException => new(ProblemCodes.Unavailable,
            "The centre lost one of its nodes or its database during this, and can't say whether it was done. Ask again; before you repeat a change, look.")
        {
            RetryAfterSeconds = SoonSeconds,
        },
        _ => null,
    };
}
