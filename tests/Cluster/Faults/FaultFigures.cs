namespace Outrider.Tests.Cluster.Faults;

/// <summary>What callers noticed of a fault.</summary>
internal sealed class FaultFigures
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(5);

    public FaultFigures(Ledger ledger, DateTimeOffset from, DateTimeOffset to)
    {
        var failed = ledger.Failed.Where(one => one.At >= from && one.At < to).ToList();
        LastFailure = failed is [] ? null : failed[^1].At - from;
        // A call is the fault's if it wasn't over when that struck.
        var calls = ledger.Acknowledged.Where(one => one.Began + one.Took >= from && one.Began < to).ToList();
        (Calls, Retried) = (calls.Count, calls.Count(call => call.Attempts > 1));
        Longest = calls.Select(call => call.Took).DefaultIfEmpty().Max();
        Notes = [.. failed.GroupBy(one => $"{one.What} {one.Code}").OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key}: {group.Count()}, last at +{(group.Last().At - from).TotalSeconds:0.0} s {group.Last().Detail}"),
            .. calls.Where(call => call.Took > s_long).Select(call =>
                $"{call.What} {call.Where} began at {(call.Began - from).TotalSeconds:+0.0;-0.0} s and took {call.Took.TotalSeconds:0.0} s in {call.Attempts} attempts")];
    }

    /// <summary>From the fault to the last attempt that failed; null: none did.</summary>
    public TimeSpan? LastFailure { get; }

    /// <summary>The longest that a caller needed for one piece of work, with all its attempts.</summary>
    public TimeSpan Longest { get; }

    public int Calls { get; }

    /// <summary>Those that needed more than one attempt.</summary>
    public int Retried { get; }

    /// <summary>Failed attempts by kind, and each piece of work that took more than 5 s.</summary>
    public List<string> Notes { get; }

    public override string ToString() =>
        $"{Calls} | {Retried} | {(LastFailure is { } last ? $"{last.TotalSeconds:0.0} s" : "none")} | {Longest.TotalSeconds:0.0} s";
}
