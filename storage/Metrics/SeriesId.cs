namespace Outrider.Storage.Metrics;

/// <summary>A series' number in the store: its agent's number and its ordinal within the agent.</summary>
internal static class SeriesId
{
    public static long Of(int agent, int ordinal) => (long)agent << 32 | (uint)ordinal;

    public static int Agent(long id) => (int)(id >> 32);

    public static int Ordinal(long id) => (int)id;
}
