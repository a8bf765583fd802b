using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>Turns the ways in which a call to a grain or a link can end without an answer into problems a caller understands.</summary>
internal static class GrainCalls
{
    /// <summary><c>link_lost</c>, <c>timed_out</c> or <c>canceled</c> instead of an exception.</summary>
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
                RetryAfterSeconds = 5,
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
    }
}
