using Orleans.Configuration;

namespace Outrider.Silo.Orleans.Membership;

/// <summary>
/// How quickly silos find out about each other. A silo that is killed is declared dead within about 2 s, one that is frozen within 4 s;
/// a database that is away for half a minute costs no silo its place.
/// </summary>
internal static class MembershipSettings
{
    /// <summary>
    /// How often a silo notes in the table that it lives. Short, because a silo whose notes are late counts no more when votes are
    /// counted: one that is left of three needs no second vote then.
    /// </summary>
    public static readonly TimeSpan AlivePeriod = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A silo that hasn't noted it for so long is either dead or cut off from the database. Longer than Orleans waits (three periods), for
    /// clocks that differ.
    /// </summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(6);

    /// <summary>
    /// How long after a silo fell silent its grains may start elsewhere, at the earliest. Orleans takes what passes until two probes were
    /// missed (2 s) off it; what is left covers a silo that is slow to learn that it was declared dead.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    public static void Apply(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.MinProbeTimeout = TimeSpan.FromMilliseconds(500);
        options.MaxProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 2;
        options.NumVotesForDeathDeclaration = 2;
        // The second vote guards against a voter that is itself at fault. To ask by way of another silo as well costs twice the time, and
        // a silo that is left of three would ask by way of the other dead one.
        options.EnableIndirectProbes = false;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        options.IAmAliveTablePublishTimeout = AlivePeriod;
        options.MaxJoinAttemptTime = TimeSpan.FromSeconds(20);
    }
}
