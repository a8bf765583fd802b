using Outrider.Agent.Logging;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>Ends what tasks of an earlier process of the agent left running.</summary>
internal sealed class LeftProcesses(AgentLog log, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks them to end, and after a grace time ends them. Returns once none runs any more, or was told so in vain.</summary>
    public async Task EndAsync(string task, IReadOnlyList<TaskProcesses> left, CancellationToken cancellation)
    {
        var alive = left.Where(group => group.IsAlive()).ToList();
        if (alive.Count == 0)
            return;
        log.Warn($"Task {task} left processes running when the agent ended; they are ended now.");
        alive.ForEach(group => group.Terminate());
        await WaitAsync(alive, cancellation);
        alive.ForEach(group => group.Kill());
        await WaitAsync(alive, cancellation);
        if (alive.Count > 0)
            log.Error($"Processes of task {task} can't be ended: group {alive[0].Group}.");
    }

    private async Task WaitAsync(List<TaskProcesses> alive, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; alive.RemoveAll(group => !group.IsAlive()) >= 0 && alive.Count > 0 && waited < TaskLimits.StopGrace; waited += s_look)
            await Task.Delay(s_look, time, cancellation);
    }
}
