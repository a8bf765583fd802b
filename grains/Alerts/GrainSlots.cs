namespace Outrider.Grains.Alerts;

/// <summary>Spreads what many grains do periodically over the period.</summary>
internal static class GrainSlots
{
    /// <summary>Somewhere in the period, always the same for a key: not everybody does everything at once.</summary>
    public static TimeSpan Of(string key, TimeSpan period)
    {
        var hash = 17u;
        foreach (var c in key)
            hash = hash * 31 + c;
        return period * (hash % 1_000 / 1_000.0);
    }
}
