using Outrider.Grains.Agents;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Gateway;

/// <summary>Tells an agent's grain again and again that the link lives, and the agent what it shall keep to from now on.</summary>
/// <param name="gateway">What all links share.</param>
/// <param name="link">The link.</param>
/// <param name="sender">Sends to the agent.</param>
/// <param name="close">Ends the link.</param>
internal sealed class LinkPulse(GatewayContext gateway, OpenLink link, FrameSender sender, Action<Problem> close)
{
    private static readonly TimeSpan s_soonest = TimeSpan.FromSeconds(1);

    private LinkConfig _config = link.Config;
    private List<DatabaseState>? _databases;
    private DateTimeOffset _at;

    /// <summary>The pulse under way, or the last one. Never fails.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Takes news of the agent's databases for the next pulse, which comes the sooner.</summary>
    public void Note(List<DatabaseState> databases) => Volatile.Write(ref _databases, databases);

    /// <summary>Sends a pulse if one is due.</summary>
    public void Tick(DateTimeOffset now, DateTimeOffset heardAt)
    {
        if (Running.IsCompleted && now - _at >= (Volatile.Read(ref _databases) is null ? gateway.Options.PulseInterval : s_soonest))
            Running = SendAsync(now, heardAt);
    }

    private async Task SendAsync(DateTimeOffset now, DateTimeOffset heardAt)
    {
        _at = now;
        var databases = Interlocked.Exchange(ref _databases, null);
        try
        {
            var alive = await link.Agent.KeepAliveAsync(link.Session, new AgentPulse(heardAt, databases), link.Self);
            if (alive.Ok)
                await TellAsync(alive.Value);
            else
                close(alive.Problem);
        }
        catch (Exception e)
        {
            // The link is good even while the grain isn't; the next pulse says the same again.
            gateway.Log.GrainFailed(link.Key, e);
            Interlocked.CompareExchange(ref _databases, databases, null);
        }
    }

    private async Task TellAsync(LinkConfig config)
    {
        if (config.HeartbeatSeconds == _config.HeartbeatSeconds && config.ReportSeconds == _config.ReportSeconds
            && config.Metrics?.Revision == _config.Metrics?.Revision)
            return;
        if (await sender.SendAsync(config, null, CancellationToken.None) is null)
            _config = config;
    }
}
