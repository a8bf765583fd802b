using System.Threading.Channels;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Gateway;

/// <summary>The metric batches of one link: hands them to the agent's grain one after the other, and answers each.</summary>
/// <param name="gateway">What all links share.</param>
/// <param name="link">The link.</param>
/// <param name="sender">Sends to the agent.</param>
/// <param name="close">Ends the link.</param>
internal sealed class LinkMetrics(GatewayContext gateway, OpenLink link, FrameSender sender, Action<Problem> close)
{
    private const int RetrySeconds = 5;

    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private int _unanswered;
    private volatile bool _ended;

    /// <summary>Takes a binary frame of kind 2 in. A problem is a violation.</summary>
    public Problem? Receive(ReadOnlySpan<byte> frame)
    {
        var read = BlockCodec.Read(frame, BlockKind.MetricBatch);
        if (!read.Ok)
            return read.Problem;
        if (Interlocked.Increment(ref _unanswered) > LinkProtocol.MaxUnansweredBatches)
        {
            return new Problem(ProblemCodes.FrameOutOfOrder,
                $"More than {LinkProtocol.MaxUnansweredBatches} metric batches came without waiting for an answer.");
        }
        var block = read.Value;
        // What can't be read is named by what its frame says of it, for the agent to know it by.
        var layout = MetricBatchCodec.ReadLayout(frame[block.HeaderLength..]);
        var (boot, seq) = layout.Ok ? (layout.Value.Boot, layout.Value.Seq) : (block.Id, Math.Max(1, block.Number));
        var bytes = frame.Length - block.HeaderLength;
        var problem = layout.Problem ?? (gateway.Budget.TryTake(bytes) ? null : Later("The centre holds as much as its memory budget allows."));
        _waiting.Writer.TryWrite(new Waiting(boot, seq, problem is null ? frame[block.HeaderLength..].ToArray() : [], problem, gateway.Time.GetTimestamp()));
        return null;
    }

    /// <summary>Serves until <see cref="End"/>. Never fails.</summary>
    public async Task RunAsync()
    {
        await foreach (var batch in _waiting.Reader.ReadAllAsync())
        {
            var problem = batch.Problem ?? (_ended ? TaskResults.LinkLost : await ReportAsync(batch));
            gateway.Budget.Return(batch.Bytes.Length);
            if (problem is { Code: ProblemCodes.Conflict })
            {
                close(problem);
                continue;
            }
            Interlocked.Decrement(ref _unanswered);
            if (await sender.SendAsync(new MetricsAck(batch.Boot, batch.Seq, problem), null, CancellationToken.None) is null)
                gateway.Metrics.BatchAnswered(gateway.Time.GetElapsedTime(batch.At), problem?.Code);
        }
    }

    /// <summary>The link is over: the agent sends what waits again, over its next one.</summary>
    public void End()
    {
        _ended = true;
        _waiting.Writer.TryComplete();
    }

    private async Task<Problem?> ReportAsync(Waiting batch)
    {
        try
        {
            return (await link.Agent.ReportAsync(link.Session, batch.Bytes)).Problem;
        }
        catch (Exception e)
        {
            // Whether it was stored isn't known; sent again it is stored once.
            gateway.Log.GrainFailed(link.Key, e);
            return Later("The centre can't store measurements just now.");
        }
    }

    private static Problem Later(string why) => new(ProblemCodes.Unavailable, $"{why} Keep them and send them again.") { RetryAfterSeconds = RetrySeconds };

    private readonly record struct Waiting(string Boot, ulong Seq, byte[] Bytes, Problem? Problem, long At);
}
