using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;

namespace Outrider.Api.Live;

/// <summary>The live feed's numbers, meter <see cref="MeterName"/>.</summary>
public sealed class LiveMetrics
{
    public const string MeterName = "Outrider.Live";

    private readonly UpDownCounter<long> _viewers;
    private readonly UpDownCounter<long> _agents;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _coalesced;
    private readonly Counter<long> _errors;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meter.")]
    public LiveMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _viewers = meter.CreateUpDownCounter<long>("outrider.live.viewers", "{viewer}", "Viewers of the live feed.");
        _agents = meter.CreateUpDownCounter<long>("outrider.live.agents", "{agent}", "Agents that viewers of this process look at.");
        _sent = meter.CreateCounter<long>("outrider.live.updates", "{update}", "Values sent to viewers.");
        _coalesced = meter.CreateCounter<long>("outrider.live.coalesced", "{update}", "Values not sent because a newer one came first.");
        _errors = meter.CreateCounter<long>("outrider.live.errors", "{error}", "Errors told to viewers, by problem code.");
    }

    public void ViewerCame() => _viewers.Add(1);

    public void ViewerWent() => _viewers.Add(-1);

    public void AgentCame() => _agents.Add(1);

    public void AgentWent() => _agents.Add(-1);

    /// <param name="values">Sent.</param>
    /// <param name="coalesced">Left out for them.</param>
    public void Sent(long values, long coalesced)
    {
        _sent.Add(values);
        _coalesced.Add(coalesced);
    }

    public void Error(string code) => _errors.Add(1, new KeyValuePair<string, object?>("code", code));
}
