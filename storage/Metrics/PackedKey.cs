namespace Outrider.Storage.Metrics;

/// <summary>
/// Keys as one integer. A chunk's: level, window, agent and part from the highest bits down. New chunks so come behind all others of their
/// level, which fills pages whole, and what grew old together lies together. A process snapshot's: agent and minute.
/// </summary>
internal static class PackedKey
{
    public const int WindowBits = 22;

    /// <summary>As many agents as there can ever be.</summary>
    public const int MaxAgents = 1 << AgentBits;

    private const int PartBits = 16;
    private const int AgentBits = 22;

    public static long Of(ChunkKey key) =>
        (((long)key.Level << WindowBits | (uint)key.Window) << AgentBits | (uint)key.Agent) << PartBits | (uint)key.Part;

    public static ChunkKey Unpack(long key) => new(
        (ChunkLevel)(key >> PartBits + AgentBits + WindowBits),
        (int)(key >> PartBits + AgentBits) & (1 << WindowBits) - 1,
        (int)(key >> PartBits) & (1 << AgentBits) - 1,
        (int)key & (1 << PartBits) - 1);

    public static bool IsOne(ChunkRange range) => range.FirstPart == range.LastPart;

    public static long First(ChunkRange range) => Of(new ChunkKey(range.Level, range.Window, range.Agent, range.FirstPart));

    public static long Last(ChunkRange range) => Of(new ChunkKey(range.Level, range.Window, range.Agent, range.LastPart));

    public static long OfProcesses(int agent, int minute) => (long)agent << 32 | (uint)minute;

    public static int MinuteOf(long processes) => (int)(processes & uint.MaxValue);
}
