using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Outrider.Storage.Metrics.Chunks;
using Outrider.Tests.Pure.Fuzzing;

namespace Outrider.Tests.Pure.Metrics;

public sealed class ChunkTests
{
    private const int Beat = 10_000;
    private const long Start = 1_763_596_800_000;

    /// <summary>720 samples of a series in two hours: what it looks like, and the most bytes a sample it may take.</summary>
    public static TheoryData<string, Func<Random, int, double, double>, double> Kinds => new()
    {
        { "constant", (_, _, _) => 16_777_216, 0.015 },
        { "slow: one change in a hundred", (r, _, x) => r.Next(100) == 0 ? x + r.Next(1, 9) : x, 0.15 },
        { "percent with two decimals, calm", (r, _, x) => Percent(0.95 * x + 0.05 * 20 + Noise(r, 0.2)), 0.95 },
        { "percent with two decimals, lively", (r, _, x) => Percent(0.7 * x + 0.3 * 40 + Noise(r, 3)), 1.5 },
        { "counter of events", (r, _, x) => x + 300 + r.Next(40), 0.85 },
        { "counter of bytes", (r, _, x) => x + 1_000_000 + r.Next(200_000), 2.4 },
        { "memory in pages", (r, _, x) => x + 4096 * r.Next(-20, 21), 0.85 },
        { "load average", (r, _, x) => Math.Round(Math.Max(0, 0.98 * x + Noise(r, 0.05)), 2), 0.7 },
        { "any double", (r, _, _) => r.NextDouble(), 8.1 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Finish_SeriesAsHostsHaveThem_StaysWithinItsBytes(string kind, Func<Random, int, double, double> next, double limit)
    {
        var random = new Random(7);
        var writer = new ChunkWriter();
        var columns = new Columns(1);
        for (var series = 0; series < 16; series++)
        {
            columns.Clear();
            var value = 20.0;
            for (var i = 0; i < 720; i++)
                columns.Add(Start + i * Beat, value = next(random, i, value));
            writer.Add(series, columns);
        }
        var bytes = writer.Finish().Length / (16.0 * 720);
        Assert.True(bytes <= limit, $"{kind}: {bytes:0.000} bytes a sample; at most {limit} expected");
    }

    [Fact]
    public void Finish_TimesThatJitter_AreStoredOnceForAllSeries()
    {
        var random = new Random(7);
        var times = Enumerable.Range(0, 720).Select(i => Start + i * Beat + random.Next(20)).ToArray();
        int Size(int series)
        {
            var writer = new ChunkWriter();
            for (var i = 0; i < series; i++)
                writer.Add(i, Filled(times, 5));
            return writer.Finish().Length;
        }
        Assert.InRange(Size(1), 400, 620);
        Assert.InRange(Size(16) - Size(1), 0, 15 * 8);
    }

    [Fact]
    public void Read_WhatWasWritten_ComesBackBitForBit() => Prop.ForAll(AnyChunk, chunk =>
    {
        var writer = new ChunkWriter();
        foreach (var (ordinal, columns) in chunk)
            writer.Add(ordinal, columns);
        var reader = new ChunkReader();
        reader.Open(writer.Finish());
        Assert.Equal(chunk.Select(one => one.Ordinal), Enumerable.Range(0, reader.Count).Select(reader.Ordinal));
        var read = new Columns(reader.Fields);
        foreach (var (ordinal, columns) in chunk.Reverse())
        {
            reader.Read(reader.Find(ordinal), read);
            Assert.Equal(columns.Times, read.Times);
            for (var field = 0; field < columns.Fields; field++)
                Assert.Equal(Bits(columns[field]), Bits(read[field]));
        }
        Assert.Equal(-1, reader.Find(ordinal: int.MaxValue));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Finish_AWriterUsedBefore_GivesTheSameAsANewOne()
    {
        var used = new ChunkWriter();
        used.Add(3, Filled([1, 2, 3], 0.1));
        used.Finish();
        var fresh = new ChunkWriter();
        foreach (var writer in new[] { used, fresh })
            writer.Add(1, Filled([Start, Start + 1], double.NaN));
        Assert.Equal(fresh.Finish(), used.Finish());
    }

    [Fact]
    public void Open_OneBitChanged_IsRefused()
    {
        var chunk = Example();
        var reader = new ChunkReader();
        for (var bit = 0; bit < chunk.Length * 8; bit++)
        {
            var changed = (byte[])chunk.Clone();
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Throws<FormatException>(() => reader.Open(changed));
        }
        for (var length = 0; length < chunk.Length; length++)
            Assert.Throws<FormatException>(() => reader.Open(chunk[..length]));
    }

    [Fact]
    public void Finish_ChunkOfAnyLength_EndsInItsChecksum()
    {
        var random = new Random(3);
        for (var count = 1; count < 1_500; count += 1 + count / 8)
        {
            var columns = new Columns(1);
            for (var i = 0; i < count; i++)
                columns.Add(Start + i * Beat, random.NextDouble());
            var chunk = Written([(0, columns)]);
            Assert.Equal(Crc32C(chunk.AsSpan(0, chunk.Length - 4)), BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(chunk.Length - 4)));
        }
    }

    /// <summary>Errors of each size, so each parameter, and among them some that are far larger.</summary>
    [Fact]
    public void Read_StepsOfEverySize_GivesBackEveryValue()
    {
        var random = new Random(5);
        for (var size = 0; size <= 40; size++)
        {
            var columns = new Columns(1);
            var value = 0L;
            for (var i = 0; i < 500; i++)
            {
                value += random.NextInt64(1L << size) << (random.Next(20) == 0 ? random.Next(Math.Min(12, 44 - size)) : 0);
                columns.Add(Start + i * Beat + random.Next(9), value);
            }
            var reader = new ChunkReader();
            reader.Open(Written([(0, columns)]));
            var read = new Columns(1);
            reader.Read(0, read);
            Assert.Equal(columns.Times, read.Times);
            Assert.Equal(columns[0], read[0]);
        }
    }

    /// <summary>With a right checksum, so that the bytes behind it are what is read.</summary>
    [Fact]
    public void Read_RandomAndMutatedBytes_AnswersOrRefusesWithinBounds()
    {
        var mutator = new Mutator(seed: 20261120);
        var whole = AnyChunk.Generator.Sample(20, 40).Select(Written).Append(Example()).ToArray();
        var reader = new ChunkReader();
        var columns = Enumerable.Range(0, ChunkFormat.MaxFields + 1).Select(fields => new Columns(fields)).ToArray();
        int read = 0, refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            byte[] bytes = i % 4 == 0 ? [1, 1, .. mutator.Next(), 0, 0, 0, 0] : mutator.Mutate(whole[i % whole.Length]);
            if (bytes.Length < 4)
                continue;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4), Crc32C(bytes.AsSpan(0, bytes.Length - 4)));
            try
            {
                reader.Open(bytes);
                for (var position = 0; position < reader.Count; position++)
                    reader.Read(position, columns[reader.Fields]);
                read++;
            }
            catch (FormatException)
            {
                refused++;
            }
        }
        Assert.InRange(read, 500, 20_000);
        Assert.InRange(refused, 500, 20_000);
    }

    [Fact]
    public void Finish_TheExample_GivesTheBytesOfTheSpecification() => Assert.Equal(
        "010101030568D00FD00F02000007040002220010A4134002400E17B610E9", Convert.ToHexString(Example()));

    private static byte[] Example()
    {
        var writer = new ChunkWriter();
        var columns = new Columns(1);
        columns.Add(1_000, 12.34);
        columns.Add(2_000, 12.34);
        columns.Add(3_000, 12.35);
        writer.Add(0, columns);
        writer.Add(5, Filled([1_000, 2_000, 3_000], 7));
        return writer.Finish();
    }

    private static Arbitrary<(int Ordinal, Columns Columns)[]> AnyChunk => (
        from fields in Gen.Elements(1, 1, RollUp.Fields)
        from timelines in Gen.ArrayOf(Times, 2)
        from count in Gen.Choose(1, 5)
        from gaps in Gen.ArrayOf(Gen.Choose(1, 1000), count)
        from series in Gen.ArrayOf(Series(timelines, fields), count)
        select series.Select((columns, i) => (gaps.Take(i + 1).Sum(), columns)).ToArray()).ToArbitrary();

    /// <summary>Regular, jittering, with gaps as long as time is.</summary>
    private static Gen<long[]> Times =>
        from count in Gen.Choose(1, 300)
        from gaps in Gen.OneOf(
            Gen.Constant(Enumerable.Repeat((long)Beat, count).ToArray()),
            Gen.ArrayOf(Gen.Choose(Beat - 20, Beat + 20).Select(gap => (long)gap), count),
            Gen.ArrayOf(Gen.Elements(1, Beat, 86_400_000, 10_000_000_000), count))
        select gaps.Select((_, i) => Start + gaps.Take(i).Sum()).ToArray();

    private static Gen<Columns> Series(long[][] timelines, int fields) =>
        from times in Gen.Elements(timelines)
        from values in Gen.ArrayOf(Gen.ArrayOf(Batches.Value, times.Length), fields)
        from decimals in Gen.ArrayOf(Gen.Choose(-100_000, 100_000).Select(cents => cents / 100.0), times.Length)
        from kind in Gen.Choose(0, 4)
        select Filled(times, (field, i) => kind switch
        {
            0 => values[0][0],
            1 => decimals[i],
            2 => i % 50 == 7 ? values[field][i] : decimals[i],
            3 => values[0][i],
            _ => values[field][i],
        }, fields);

    private static Columns Filled(long[] times, double value) => Filled(times, (_, _) => value, fields: 1);

    private static Columns Filled(long[] times, Func<int, int, double> value, int fields)
    {
        var columns = new Columns(fields);
        for (var i = 0; i < times.Length; i++)
            columns.Add(times[i], [.. Enumerable.Range(0, fields).Select(field => value(field, i))]);
        return columns;
    }

    private static byte[] Written((int Ordinal, Columns Columns)[] chunk)
    {
        var writer = new ChunkWriter();
        foreach (var (ordinal, columns) in chunk)
            writer.Add(ordinal, columns);
        return writer.Finish();
    }

    private static IEnumerable<long> Bits(ReadOnlySpan<double> values) => values.ToArray().Select(BitConverter.DoubleToInt64Bits);

    /// <summary>Bit by bit, by the polynomial.</summary>
    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0x82F6_3B78;
        }
        return ~crc;
    }

    private static double Percent(double value) => Math.Round(Math.Clamp(value, 0, 100), 2);

    private static double Noise(Random random, double deviation) =>
        deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
