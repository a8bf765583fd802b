using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>An order of processes: <c>pid</c>, <c>name</c>, <c>cpu</c> or <c>memory</c>, descending with a <c>-</c> before it.</summary>
public sealed record ProcessSort(string Key, bool Descending)
{
    public const string Rule = "pid, name, cpu or memory, with a '-' before it for descending";

    /// <summary>Most CPU first.</summary>
    public static ProcessSort Default { get; } = new("cpu", Descending: true);

    /// <summary>Null: <see cref="Default"/>. Problem: <see cref="ProblemCodes.InvalidArgument"/>.</summary>
    public static Outcome<ProcessSort> Parse(string? text)
    {
        if (text is null)
            return Default;
        var sort = text.StartsWith('-') ? new ProcessSort(text[1..], Descending: true) : new ProcessSort(text, Descending: false);
        return sort.Key is "pid" or "name" or "cpu" or "memory"
            ? sort
            : QueryProblem.Of("sort", text, Rule);
    }

    /// <summary>In this order; what isn't known comes last, and what is equal by name and pid.</summary>
    public List<T> Apply<T>(IEnumerable<T> items, Func<T, int> pid, Func<T, string> name, Func<T, ProcessTotals> total)
    {
        var sorted = Key switch
        {
            "pid" => By(items, pid, Comparer<int>.Default),
            "name" => By(items, name, StringComparer.Ordinal),
            "cpu" => By(items, item => total(item).CpuPercent),
            _ => By(items, item => total(item).MemoryBytes),
        };
        return [.. sorted.ThenBy(name, StringComparer.Ordinal).ThenBy(pid)];
    }

    private IOrderedEnumerable<T> By<T, TKey>(IEnumerable<T> items, Func<T, TKey> key, IComparer<TKey> order) =>
        Descending ? items.OrderByDescending(key, order) : items.OrderBy(key, order);

    private IOrderedEnumerable<T> By<T>(IEnumerable<T> items, Func<T, double?> key)
    {
        var known = items.OrderBy(item => key(item) is null);
        return Descending ? known.ThenByDescending(key) : known.ThenBy(key);
    }
}
