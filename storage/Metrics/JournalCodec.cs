using System.Buffers;
using Outrider.Protocol.Binary;
using Outrider.Protocol.Metrics;
using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Storage.Metrics;

/// <summary>
/// A batch in the journal: which series stand at the positions of its table, as runs (first ordinal + 1, or 0 for series left out; how
/// many), then the samples block as it came.
/// </summary>
internal static class JournalCodec
{
    /// <summary>The runs of an agent's table, made once and then put before each of its batches.</summary>
    public static byte[] WriteRuns(ReadOnlySpan<int> ordinals)
    {
        var runs = new ArrayBufferWriter<byte>(64);
        Leb128.Write(runs, (ulong)ordinals.Length);
        for (int start = 0, i = 1; i <= ordinals.Length; i++)
        {
            var leftOut = ordinals[start] < 0;
            if (i < ordinals.Length && ordinals[i] == (leftOut ? ordinals[start] : ordinals[start] + i - start))
                continue;
            Leb128.Write(runs, (ulong)(ordinals[start] + 1));
            Leb128.Write(runs, (ulong)(i - start));
            start = i;
        }
        return runs.WrittenSpan.ToArray();
    }

    public static byte[] Join(ReadOnlySpan<byte> runs, ReadOnlySpan<byte> samples) => [.. runs, .. samples];

    /// <summary>Adds the samples of an entry to the sorter.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="wanted">Null: all series. Else their new numbers by ordinal; −1, or no place in it: not wanted.</param>
    /// <param name="columns">Scratch.</param>
    /// <param name="to">Gets them by ordinal.</param>
    /// <exception cref="FormatException">The entry is damaged.</exception>
    public static void Read(ReadOnlySpan<byte> entry, int[]? wanted, SampleColumns columns, SampleSorter to)
    {
        if (!Leb128.TryRead(ref entry, out var count) || count > MetricLimits.Series)
            throw Damaged();
        var ordinals = new int[count];
        for (var i = 0; i < ordinals.Length;)
        {
            if (!Leb128.TryRead(ref entry, out var first) || !Leb128.TryRead(ref entry, out var length)
                || length == 0 || length > (ulong)(ordinals.Length - i) || first > int.MaxValue)
            {
                throw Damaged();
            }
            for (var end = i + (int)length; i < end; i++)
                ordinals[i] = first == 0 ? -1 : (int)first++ - 1;
        }
        if (wanted is not null && !Choose(ordinals, wanted))
            return;
        if (MetricBatchCodec.ReadSamples(entry, ordinals.Length, columns) is { } problem)
            throw new FormatException(problem.Message);
        to.Add(ordinals, columns);
    }

    private static bool Choose(int[] ordinals, int[] wanted)
    {
        var any = false;
        foreach (ref var ordinal in ordinals.AsSpan())
        {
            ordinal = (uint)ordinal < (uint)wanted.Length ? wanted[ordinal] : -1;
            any |= ordinal >= 0;
        }
        return any;
    }

    private static FormatException Damaged() => new("An entry of the journal is damaged.");
}
