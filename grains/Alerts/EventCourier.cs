using Outrider.Grains.Runtime;

namespace Outrider.Grains.Alerts;

/// <summary>Hands what an evaluation has found to the rules, and keeps what they could not take for the next time. Used by one grain.</summary>
/// <param name="context">Of the evaluation's grain.</param>
/// <param name="tenant">Whose rules they are.</param>
internal sealed class EventCourier(GrainContext context, string tenant)
{
    /// <summary>Not yet taken, in order.</summary>
    public List<AlertEvent> Waiting { get; } = [];

    /// <summary>Tries to hand on what waits and these.</summary>
    public async Task SendAsync(IEnumerable<AlertEvent> events)
    {
        Waiting.AddRange(events);
        foreach (var ofRule in Waiting.GroupBy(one => one.Rule).Select(one => one.ToList()).ToList())
        {
            try
            {
                await context.Grains.Get<IAlertRule>(GrainKeys.Join(tenant, ofRule[0].Rule)).TakeAsync(ofRule);
                Waiting.RemoveAll(ofRule.Contains);
            }
            catch (Exception e) when (e is UnavailableException or TimeoutException)
            {
                // Kept, and tried again at the next look.
            }
        }
    }
}
