using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Lifecycle;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Tasks;

public sealed class FanoutPlanTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whatever the batches, the pause, the ratio and the ends: no agent gets two tasks, none is begun beside an open batch, and it ends.</summary>
    [Fact]
    public void AnyRun_BeginsEachAgentOnceInBatchesAndEnds()
    {
        for (var seed = 0; seed < 2_000; seed++)
            Run(new Random(seed), seed);
    }

    private static void Run(Random chance, int seed)
    {
        var agents = Enumerable.Range(0, chance.Next(1, 30)).Select(n => $"a{n}").ToList();
        var request = new FanoutRequest
        {
            Task = new TaskRequest { Agent = "", Type = "shell", Command = "x", CreatedBy = "k" },
            BatchSize = chance.Next(0, 8), PauseSeconds = chance.Next(3) * 10, MaxFailureRatio = chance.NextDouble(),
        };
        var (at, fanout) = (s_start, FanoutPlan.Create("f", request, agents, null, s_start));
        var tasks = new List<string>();
        for (var step = 0; step < 1_000 && fanout.IsOpen; step++)
        {
            at += TimeSpan.FromSeconds(chance.Next(5));
            fanout = FanoutPlan.Next(fanout, Count(tasks), at);
            var batch = FanoutPlan.Batch(fanout);
            if (batch.Count > 0)
            {
                Assert.True(tasks.TrueForAll(status => status is not "pending"), $"seed {seed}: begun beside an open batch");
                Assert.Equal(Enumerable.Range(tasks.Count, batch.Count), batch);
                Assert.True(request.BatchSize == 0 || batch.Count <= request.BatchSize);
                tasks.AddRange(batch.Select(_ => TaskStatuses.Pending));
                fanout = FanoutPlan.Begun(fanout, batch.Count, at);
            }
            for (var n = 0; n < tasks.Count; n++)
            {
                if (tasks[n] == TaskStatuses.Pending && chance.Next(3) == 0)
                    tasks[n] = chance.Next(4) == 0 ? TaskStatuses.Failed : TaskStatuses.Success;
            }
        }
        Assert.False(fanout.IsOpen, $"seed {seed} doesn't end");
        Assert.Null(fanout.DueAt);
        var failed = tasks.Count(status => status == TaskStatuses.Failed);
        Assert.Equal(failed == 0 && tasks.Count == agents.Count, fanout.Status == TaskStatuses.Success);
        Assert.True(tasks.Count == agents.Count || (double)failed / tasks.Count > request.MaxFailureRatio, $"seed {seed}: stopped without a reason");
    }

    private static Dictionary<string, int> Count(List<string> tasks) => tasks.GroupBy(status => status).ToDictionary(of => of.Key, of => of.Count());
}
