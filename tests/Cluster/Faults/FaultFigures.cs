namespace Outrider.Tests.Cluster.Faults;

/// <summary>What callers noticed of a fault.</summary>
internal sealed class FaultFigures
{
    public FaultFigures(Ledger ledger, DateTimeOffset from, DateTimeOffset to)
    {
        var failed = ledger.Failed.Where(one => one.At >= from && one.At < to).ToList();
        LastFailure = failed is [] ? null : failed[^1].At - from;
        // A call is the fault's if it wasn't over when that struck.
        var calls = ledger.Acknowledged.Where(one => one.Began + one.Took >= from && one.Began < to).ToList();
        (Calls, Retried) = (calls.Count, calls.Count(call => call.Attempts > 1));
        Longest = calls.Select(call => call.Took).DefaultIfEmpty().Max();
        Codes = [.. failed.GroupBy(one => $"{one.What} {one.Code}").OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key}: {group.Count()}, last at +{(group.Last().At - from).TotalSeconds:0.0} s {group.Last().Detail}")];
    }

    /// <summary>From the fault to the last attempt that failed; null: none did.</summary>
    public TimeSpan? LastFailure { get; }

    /// <summary>The longest that a caller needed for one piece of work, with all its attempts.</summary>
    public TimeSpan Longest { get; }

    public int Calls { get; }

    /// <summary>Those that needed more than one attempt.</summary>
    public int Retried { get; }

    /// <summary>Failed attempts by kind.</summary>
    public List<string> Codes { get; }

    public override string ToString() =>
        $"{Calls} | {Retried} | {(LastFailure is { } last ? $"{last.TotalSeconds:0.0} s" : "none")} | {Longest.TotalSeconds:0.0} s";
}
