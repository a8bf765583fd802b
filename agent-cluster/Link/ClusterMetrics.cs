using Outrider.Agent.Collectors;
using Outrider.Agent.Link;
using Outrider.Grains.Agents;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Cluster.Link;

/// <summary>Sends what an agent measures to its grain, for as long as one link lasts.</summary>
internal sealed class ClusterMetrics : IAsyncDisposable
{
    private const int RetrySeconds = 5;

    private readonly CancellationTokenSource _over = new();
    private readonly IAgent _grain;
    private readonly string _session;
    private readonly Action<Problem> _end;
    private readonly MetricSender _sender;
    private readonly Task _sending;

    /// <param name="agent">Measures.</param>
    /// <param name="grain">The agent's.</param>
    /// <param name="session">Of the link.</param>
    /// <param name="end">Ends the link.</param>
    public ClusterMetrics(LinkedAgent agent, IAgent grain, string session, Action<Problem> end)
    {
        (_grain, _session, _end) = (grain, session, end);
        _sender = agent.Metrics!.CreateSender(batch =>
        {
            _ = ReportAsync(batch);
            return Task.FromResult(!_over.IsCancellationRequested);
        });
        _sending = Task.Run(() => _sender.RunAsync(_over.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _sending;
        _sender.Dispose();
        _over.Dispose();
    }

    private async Task ReportAsync(EncodedBatch batch)
    {
        Problem? problem;
        try
        {
            problem = (await _grain.ReportAsync(_session, batch.Bytes.ToArray())).Problem;
        }
        catch (Exception e)
        {
            // Whether it was stored isn't known; sent again it is stored once.
            problem = new Problem(ProblemCodes.Unavailable, e.Message) { RetryAfterSeconds = RetrySeconds };
        }
        if (problem is { Code: ProblemCodes.Conflict })
            _end(problem);
        else
            _sender.Answer(new MetricsAck(batch.Boot, batch.Seq, problem), centreAt: null);
    }
}
