using System.Buffers;
using System.Text;
using Outrider.Protocol.Binary;
using Outrider.Protocol.Metrics;

namespace Outrider.Storage.Metrics;

/// <summary>
/// Which batches of an agent are stored: per boot the ranges of their numbers, for a backlog comes after newer ones. Immutable. A boot
/// that stored nothing for <see cref="KeptMs"/> is forgotten: agents keep their spool a day.
/// </summary>
public sealed class SeenBatches
{
    /// <summary>How long a boot is remembered after its last batch, in milliseconds.</summary>
    public const long KeptMs = 7 * 24 * 3_600_000L;

    /// <summary>
    /// As <see cref="KeptMs"/>, of a boot of one batch (<see cref="BatchNames"/>): long enough for who repeats a post. Kept for a week they
    /// would be 60 000, all written with every batch; one that comes later still is stored again, sample by sample in its own place.
    /// </summary>
    public const long OneKeptMs = 3_600_000L;

    /// <summary>Most boots; the one that stored nothing for the longest time goes first.</summary>
    public const int MaxBoots = 4_096;

    /// <summary>Most gaps in the numbers of a boot.</summary>
    public const int MaxRanges = 4_096;

    private readonly Boot[] _boots;

    private SeenBatches(Boot[] boots) => _boots = boots;

    public static SeenBatches None { get; } = new([]);

    public bool Contains(string boot, ulong seq)
    {
        foreach (var one in _boots)
        {
            if (one.Id == boot)
                return one.Find(seq) >= 0;
        }
        return false;
    }

    /// <summary>With one more, stored at <paramref name="now"/>; null when the boot would have too many gaps.</summary>
    public SeenBatches? With(string boot, ulong seq, long now)
    {
        var boots = new List<Boot>(_boots.Length + 1);
        Boot? its = null;
        foreach (var one in _boots)
        {
            if (one.Id == boot)
                its = one;
            else if (one.LastAt >= now - (BatchNames.IsOfOne(one.Id) ? OneKeptMs : KeptMs))
                boots.Add(one);
        }
        its = (its ?? new Boot(boot, now, [])).With(seq, now);
        if (its.Ranges.Length > MaxRanges)
            return null;
        boots.Add(its);
        return new SeenBatches([.. boots.TakeLast(MaxBoots)]);
    }

    public byte[] ToBytes()
    {
        var to = new ArrayBufferWriter<byte>(64);
        foreach (var (id, lastAt, ranges) in _boots)
        {
            Leb128.Write(to, (ulong)id.Length);
            to.Advance(Encoding.Latin1.GetBytes(id, to.GetSpan(id.Length)));
            Leb128.Write(to, (ulong)lastAt);
            Leb128.Write(to, (ulong)ranges.Length);
            ulong before = 0;
            foreach (var (first, last) in ranges)
            {
                Leb128.Write(to, first - before);
                Leb128.Write(to, last - first);
                before = last;
            }
        }
        return to.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not from <see cref="ToBytes"/>.</exception>
    public static SeenBatches Read(ReadOnlySpan<byte> bytes)
    {
        var boots = new List<Boot>();
        while (!bytes.IsEmpty)
        {
            var length = (int)Number(ref bytes, (ulong)bytes.Length);
            if (length > bytes.Length)
                throw Damaged();
            var id = Encoding.Latin1.GetString(bytes[..length]);
            bytes = bytes[length..];
            var lastAt = (long)Number(ref bytes, long.MaxValue);
            var ranges = new (ulong, ulong)[Number(ref bytes, MaxRanges)];
            ulong before = 0;
            for (var i = 0; i < ranges.Length; i++)
            {
                var first = before + Number(ref bytes, ulong.MaxValue - before);
                before = first + Number(ref bytes, ulong.MaxValue - first);
                ranges[i] = (first, before);
            }
            boots.Add(new Boot(id, lastAt, ranges));
        }
        return new SeenBatches([.. boots]);
    }

    private static ulong Number(ref ReadOnlySpan<byte> bytes, ulong limit) =>
        Leb128.TryRead(ref bytes, out var value) && value <= limit ? value : throw Damaged();

    private static FormatException Damaged() => new("The list of stored batches is damaged.");

    private sealed record Boot(string Id, long LastAt, (ulong First, ulong Last)[] Ranges)
    {
        /// <summary>The range that holds the number; else the complement of where it belongs.</summary>
        public int Find(ulong seq)
        {
            int low = 0, high = Ranges.Length - 1;
            while (low <= high)
            {
                var middle = (low + high) / 2;
                if (seq < Ranges[middle].First)
                    high = middle - 1;
                else if (seq > Ranges[middle].Last)
                    low = middle + 1;
                else
                    return middle;
            }
            return ~low;
        }

        public Boot With(ulong seq, long now)
        {
            var at = Find(seq);
            if (at >= 0)
                return this with { LastAt = now };
            at = ~at;
            var left = at > 0 && Ranges[at - 1].Last + 1 == seq;
            var right = at < Ranges.Length && Ranges[at].First - 1 == seq;
            var first = left ? Ranges[at - 1].First : seq;
            var last = right ? Ranges[at].Last : seq;
            return new Boot(Id, now, [.. Ranges[..(left ? at - 1 : at)], (first, last), .. Ranges[(right ? at + 1 : at)..]]);
        }
    }
}
