using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Tasks;

/// <summary>One piece of work for many agents, in batches. Key: <c>tenant/fan-out</c>.</summary>
public interface IFanout : IGrain
{
    /// <summary>Most agents of a fan-out.</summary>
    const int MaxAgents = 10_000;

    /// <summary>Makes it and begins, or waits for approval. Repeated it changes nothing. <paramref name="agents"/> are 1 to <see cref="MaxAgents"/> names.</summary>
    [Idempotent]
    Task<Outcome<FanoutRecord>> CreateAsync(FanoutRequest request, List<string> agents);

    /// <summary>How it stands, counted now. <c>fanout_not_found</c>.</summary>
    [Idempotent]
    Task<Outcome<FanoutRecord>> GetAsync();

    /// <summary>Begins no further batch and cancels the tasks that aren't over. <c>fanout_not_found</c>; <c>conflict</c>: it is over.</summary>
    [Idempotent]
    Task<Outcome<FanoutRecord>> CancelAsync(string by);

    /// <summary>Approves or rejects. <c>fanout_not_found</c>; <c>forbidden</c>: who asked can't; <c>conflict</c>: there is nothing to decide.</summary>
    Task<Outcome<FanoutRecord>> DecideAsync(bool approve, string by, string? note);

    /// <summary>One of its tasks has come to an end, or the time has come to look.</summary>
    [Idempotent]
    Task WakeAsync();
}
