using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using Outrider.Protocol.Binary;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>
/// 64-bit integers: a <see cref="Predictor"/>, the first number, and what it got wrong in Golomb-Rice code, whose parameter is chosen anew
/// for every <see cref="BlockLength"/> of them (the scheme of lossless audio, e.g. RFC 9639 section 9.2).
/// </summary>
internal sealed class IntegerColumn
{
    private const int BlockLength = 64;

    /// <summary>In place of a parameter: the block's errors are all 0.</summary>
    private const int AllZero = 63;

    /// <summary>Quotients from here on are written as this many zeros and the whole number.</summary>
    private const int Escape = 24;

    /// <summary>Up to this parameter four numbers mostly fit into one look ahead.</summary>
    private const int FourParameter = 10;

    private const int ParameterBits = 6;
    private const byte ExactFlag = 0x20;
    private const byte OrderFlag = 0x40;

    private readonly BitWriter _bits = new();
    private ulong[] _wrong = [];
    private ulong[] _scratch = [];

    /// <summary>Writes at least one number; the count is for the caller to keep.</summary>
    public void Write(IBufferWriter<byte> to, ReadOnlySpan<long> numbers)
    {
        if (_wrong.Length < numbers.Length)
        {
            _wrong = new ulong[Math.Max(1024, 2 * numbers.Length)];
            _scratch = new ulong[_wrong.Length];
        }
        var wrong = _wrong.AsSpan(0, numbers.Length);
        var predictor = Predictor.Fit(numbers, wrong, _scratch.AsSpan(0, numbers.Length));
        var exact = wrong[1..].IndexOfAnyExcept(0UL) < 0;
        to.GetSpan(1)[0] = (byte)((exact ? ExactFlag : 0) | (predictor.Order == 1 ? OrderFlag : 0) | predictor.Weight + Predictor.Unit);
        to.Advance(1);
        Leb128.Write(to, Leb128.Fold(numbers[0]));
        if (predictor.Weight != Predictor.Unit)
            Leb128.Write(to, Leb128.Fold(predictor.Mean));
        if (exact)
            return;
        _bits.Clear();
        for (var rest = wrong[1..]; !rest.IsEmpty; rest = rest[Math.Min(BlockLength, rest.Length)..])
            WriteBlock(rest[..Math.Min(BlockLength, rest.Length)]);
        to.Write(_bits.Finish());
    }

    /// <summary>Fills <paramref name="numbers"/> from the whole of <paramref name="from"/>.</summary>
    /// <exception cref="FormatException">The bytes are no column of that many numbers.</exception>
    public static void Read(ReadOnlySpan<byte> from, Span<long> numbers)
    {
        if (from.IsEmpty || numbers.IsEmpty)
            throw Damaged();
        var head = from[0];
        var weight = (head & 0x1F) - Predictor.Unit;
        from = from[1..];
        ulong mean = 0;
        if (head >= 2 * OrderFlag || weight > Predictor.Unit || !Leb128.TryRead(ref from, out var first)
            || (weight != Predictor.Unit && !Leb128.TryRead(ref from, out mean)))
        {
            throw Damaged();
        }
        numbers[0] = Leb128.Unfold(first);
        var predictor = new Predictor((head & OrderFlag) == 0 ? 0 : 1, weight, Leb128.Unfold(mean));
        if ((head & ExactFlag) == 0)
            ReadBlocks(from, numbers[1..]);
        else if (from.IsEmpty)
            numbers[1..].Clear();
        else
            throw Damaged();
        predictor.Restore(numbers);
    }

    private static void ReadBlocks(ReadOnlySpan<byte> from, Span<long> errors)
    {
        var bits = new BitReader(from);
        while (!errors.IsEmpty)
        {
            var block = errors[..Math.Min(BlockLength, errors.Length)];
            errors = errors[block.Length..];
            var k = (int)bits.Read(ParameterBits);
            if (k == AllZero)
                block.Clear();
            else if (k <= BitReader.Peeked - Escape - 1)
                ReadNarrow(ref bits, k, block);
            else
                ReadWide(ref bits, k, block);
        }
        bits.End();
    }

    /// <summary>Quotient and remainder fit into one look ahead.</summary>
    private static void ReadNarrow(ref BitReader bits, int k, Span<long> block)
    {
        // What is handed on by reference stays in memory; a copy is kept in registers.
        var mine = bits;
        var mask = (1UL << k) - 1;
        for (var i = 0; i < block.Length;)
        {
            var word = mine.Peek();
            if (k <= FourParameter && block.Length - i >= 4 && TryReadFour(word, k, block[i..], out var length))
            {
                mine.Skip(length);
                i += 4;
                continue;
            }
            var quotient = BitOperations.TrailingZeroCount(word);
            if (quotient >= Escape)
            {
                bits = mine;
                block[i++] = ReadEscaped(ref bits);
                mine = bits;
                continue;
            }
            block[i++] = (long)((ulong)quotient << k | word >> quotient + 1 & mask);
            mine.Skip(quotient + 1 + k);
        }
        bits = mine;
    }

    /// <summary>
    /// Four numbers of one look ahead. A number can't be looked for before the one in front of it is known, and to look ahead is what takes
    /// longest in that chain: this way columns of gauges are read in 40 % of the time.
    /// </summary>
    /// <param name="word">What <see cref="BitReader.Peek"/> gave.</param>
    /// <param name="k">The parameter.</param>
    /// <param name="to">Gets them.</param>
    /// <param name="length">Their bits.</param>
    /// <returns>False: they don't fit, or one is not written like the others.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadFour(ulong word, int k, Span<long> to, out int length)
    {
        var mask = (1UL << k) - 1;
        var q0 = BitOperations.TrailingZeroCount(word);
        var r0 = word >> q0 >> 1;
        var q1 = BitOperations.TrailingZeroCount(r0 >> k);
        var r1 = r0 >> k >> q1 >> 1;
        var q2 = BitOperations.TrailingZeroCount(r1 >> k);
        var r2 = r1 >> k >> q2 >> 1;
        var q3 = BitOperations.TrailingZeroCount(r2 >> k);
        var r3 = r2 >> k >> q3 >> 1;
        length = q0 + q1 + q2 + q3 + 4 * (1 + k);
        // With all below 16 (and so below Escape) no shift was by 64 or more, which would do something else.
        if ((q0 | q1 | q2 | q3) >= 16 || length > BitReader.Peeked)
            return false;
        to[3] = (long)((ulong)q3 << k | r3 & mask);
        to[2] = (long)((ulong)q2 << k | r2 & mask);
        to[1] = (long)((ulong)q1 << k | r1 & mask);
        to[0] = (long)((ulong)q0 << k | r0 & mask);
        return true;
    }

    private static void ReadWide(ref BitReader bits, int k, Span<long> block)
    {
        for (var i = 0; i < block.Length; i++)
        {
            var quotient = BitOperations.TrailingZeroCount(bits.Peek());
            if (quotient >= Escape)
            {
                block[i] = ReadEscaped(ref bits);
                continue;
            }
            bits.Skip(quotient + 1);
            block[i] = (long)((ulong)quotient << k | bits.Read(k));
        }
    }

    private static long ReadEscaped(ref BitReader bits)
    {
        bits.Skip(Escape);
        return (long)bits.Read(64);
    }

    private void WriteBlock(ReadOnlySpan<ulong> block)
    {
        var k = Parameter(block);
        _bits.Write((ulong)k, ParameterBits);
        if (k == AllZero)
            return;
        var mask = (1UL << k) - 1;
        foreach (var number in block)
        {
            var quotient = number >> k;
            if (quotient >= Escape)
            {
                _bits.Write(0, Escape);
                _bits.Write(number, 64);
                continue;
            }
            _bits.Write(1UL << (int)quotient, (int)quotient + 1);
            _bits.Write(number & mask, k);
        }
    }

    /// <summary>The parameter with the fewest bits: around the logarithm of the mean, of which an outlier takes not too much.</summary>
    private static int Parameter(ReadOnlySpan<ulong> block)
    {
        ulong bits = 0;
        double sum = 0;
        foreach (var number in block)
        {
            bits |= number;
            sum += number;
        }
        if (bits == 0)
            return AllZero;
        var k = Math.Min(AllZero - 1, BitOperations.Log2((ulong)Math.Max(1, Math.Min(sum / block.Length, long.MaxValue))));
        var cost = Cost(block, k);
        if (k < AllZero - 1 && Cost(block, k + 1) is var above && above < cost)
            return k + 1;
        for (; k > 0; k--)
        {
            var below = Cost(block, k - 1);
            if (below >= cost)
                break;
            cost = below;
        }
        return k;
    }

    private static long Cost(ReadOnlySpan<ulong> block, int k)
    {
        long cost = 0;
        foreach (var number in block)
        {
            var quotient = number >> k;
            cost += quotient >= Escape ? Escape + 64 : (long)quotient + 1 + k;
        }
        return cost;
    }

    private static FormatException Damaged() => new("A column of integers can't be read.");
}
