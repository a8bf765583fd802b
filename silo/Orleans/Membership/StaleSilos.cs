using System.Net;
using System.Net.Sockets;

namespace Outrider.Silo.Orleans.Membership;

/// <summary>
/// Clears the way into a cluster whose silos were killed. Orleans joins only when every silo that the table calls active answers, and
/// nobody is left to vote on those that never will. So, before this silo joins, it declares dead: its own earlier lives, since it holds
/// their address now; and each silo that neither takes connections nor has noted for <see cref="MembershipSettings.StaleAfter"/> that it
/// lives. One that is wrongly declared dead finds that in the table and starts anew, as after any vote.
/// </summary>
/// <param name="self">Address and port of this silo.</param>
internal sealed class StaleSilos(IMembershipTable table, IPEndPoint self, TimeProvider time, ILogger<StaleSilos> log)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Longer than it takes any silo to become stale; what Orleans itself then finds, it decides.</summary>
    private static readonly TimeSpan s_giveUpAfter = MembershipSettings.StaleAfter + TimeSpan.FromSeconds(10);

    /// <summary>Returns once each silo that the table calls active takes connections.</summary>
    public async Task ClearAsync(CancellationToken cancellation)
    {
        await table.InitializeMembershipTableAsync(true, cancellation);
        var (start, told) = (time.GetTimestamp(), false);
        while (true)
        {
            var members = await table.ReadAllAsync(cancellation);
            var silent = await FindSilentAsync(members, cancellation);
            var dead = members.Members.Where(row => IsEarlierLife(row.Item1)).Concat(silent.Where(row => IsStale(row.Item1))).FirstOrDefault();
            if (dead is not null)
            {
                await BuryAsync(members, dead, cancellation);
                continue;
            }
            if (silent.Count == 0 || time.GetElapsedTime(start) > s_giveUpAfter)
                return;
            if (!told)
                log.LogInformation("Waiting for {Silos}, which the membership table calls active and which don't answer",
                    string.Join(", ", silent.Select(row => row.Item1.SiloAddress.Endpoint)));
            told = true;
            await Task.Delay(s_tick, time, cancellation);
        }
    }

    // Its port is free, or this process would not have got so far.
    private bool IsEarlierLife(MembershipEntry silo) => silo.Status is not SiloStatus.Dead && silo.SiloAddress.Endpoint.Equals(self);

    private bool IsStale(MembershipEntry silo) =>
        time.GetUtcNow() - new DateTimeOffset(DateTime.SpecifyKind(silo.IAmAliveTime, DateTimeKind.Utc)) > MembershipSettings.StaleAfter;

    private async Task<List<Tuple<MembershipEntry, string>>> FindSilentAsync(MembershipTableData members, CancellationToken cancellation)
    {
        var others = members.Members.Where(row => row.Item1.Status is SiloStatus.Active && !row.Item1.SiloAddress.Endpoint.Equals(self)).ToList();
        var answers = await Task.WhenAll(others.Select(row => AnswersAsync(row.Item1.SiloAddress.Endpoint, cancellation)));
        return [.. others.Where((_, i) => !answers[i])];
    }

    private async Task<bool> AnswersAsync(IPEndPoint silo, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(s_patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var socket = new Socket(silo.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(silo, both.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task BuryAsync(MembershipTableData members, Tuple<MembershipEntry, string> row, CancellationToken cancellation)
    {
        var (silo, etag) = row;
        silo.Status = SiloStatus.Dead;
        // If another silo was quicker, the next reading shows it.
        if (await table.UpdateRowAsync(silo, etag, members.Version.Next(), cancellation))
            log.LogWarning("Declared {Silo} dead: last heard at {Time:u}", silo.SiloAddress, silo.IAmAliveTime);
    }
}
