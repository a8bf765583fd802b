namespace Outrider.Storage.Tasks;

/// <summary>Which chunk of which log.</summary>
internal readonly record struct LogKey(string Tenant, string Task, int Attempt, uint Number) : IComparable<LogKey>
{
    public int CompareTo(LogKey other)
    {
        var order = string.CompareOrdinal(Tenant, other.Tenant);
        if (order == 0)
            order = string.CompareOrdinal(Task, other.Task);
        return order == 0 ? (Attempt, Number).CompareTo((other.Attempt, other.Number)) : order;
    }
}
