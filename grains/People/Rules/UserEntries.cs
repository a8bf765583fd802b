using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.People.Rules;

/// <summary>Decides who may be a user beside the others: pure steps from a list, in order of names, to the next.</summary>
public static class UserEntries
{
    /// <summary>Users of a tenant, and of the platform.</summary>
    public const int Max = 1000;

    /// <summary>With this entry in place of the one of its name. <c>conflict</c>: its identity is taken, or no admin would be left.</summary>
    /// <param name="guarded">Whether it must leave an enabled admin (a platform user) if there was one.</param>
    public static Outcome<List<UserEntry>> Put(List<UserEntry> entries, UserEntry entry, bool guarded)
    {
        if (entry.Identity is { } identity && entries.Find(other => other.Name != entry.Name && UserRules.SameIdentity(other.Identity, identity)) is { } taken)
        {
            return new Problem(ProblemCodes.Conflict, $"User '{taken.Name}' has the identity '{identity}' already. Take it from that one first.");
        }
        var at = entries.FindIndex(other => string.CompareOrdinal(other.Name, entry.Name) >= 0);
        var isThere = at >= 0 && entries[at].Name == entry.Name;
        if (!isThere && entries.Count >= Max)
            return new Problem(ProblemCodes.QuotaExceeded, $"There are {Max} users, as many as there may be. Delete those that are no longer needed.");
        List<UserEntry> next = [.. entries];
        if (isThere)
            next[at] = entry;
        else
            next.Insert(at < 0 ? next.Count : at, entry);
        return Guard(entries, next, guarded);
    }

    /// <summary>Without the entry of this name. <c>conflict</c>: no admin would be left.</summary>
    /// <param name="guarded">As for <see cref="Put"/>.</param>
    public static Outcome<List<UserEntry>> Remove(List<UserEntry> entries, string name, bool guarded) =>
        Guard(entries, [.. entries.Where(entry => entry.Name != name)], guarded);

    private static Outcome<List<UserEntry>> Guard(List<UserEntry> before, List<UserEntry> next, bool guarded)
    {
        if (!guarded || !before.Exists(Administers) || next.Exists(Administers))
            return next;
        return new Problem(ProblemCodes.Conflict, before.Exists(entry => entry.Role == Role.Platform)
            ? "This is the last enabled platform user. Make another one first."
            : "This is the last enabled admin of the tenant. Make another one first, or ask the operator of this centre.");
    }

    private static bool Administers(UserEntry entry) => entry is { Enabled: true, Role: Role.Admin or Role.Platform };
}
