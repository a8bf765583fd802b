using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Outrider.Agent.Spool;
using Outrider.Protocol.Binary;
using Outrider.Tests.Pure.Fuzzing;

namespace Outrider.Tests.Pure.Spool;

public sealed class SegmentCodecTests
{
    [Fact]
    public void Write_TwoRecords_GivesTheBytesOfTheSpecification()
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write(SegmentCodec.Header);
        SegmentCodec.Write(bytes, SegmentRecordKind.Batch, 1_000, "b1", 7, [0xAA, 0xBB]);
        SegmentCodec.Write(bytes, SegmentRecordKind.Ack, 2_000, "b1", 7);
        var specification = Specification();
        Assert.Equal(specification, Convert.ToHexString(bytes.WrittenSpan));
    }

    [Theory]
    [InlineData("123456789", 0xE3069283)]
    [InlineData("", 0)]
    public void Crc32C_Text_IsThatOfTheStandard(string text, uint crc) => Assert.Equal(crc, Crc32C.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void TryRead_WhatWasWritten_ComesBack() => Prop.ForAll<long, ulong, byte[]>((time, seq, content) =>
    {
        var bytes = new ArrayBufferWriter<byte>();
        var boot = new string('b', 1 + content.Length % 64);
        SegmentCodec.Write(bytes, SegmentRecordKind.Batch, time, boot, seq, content);
        var at = 0;
        return SegmentCodec.TryRead(bytes.WrittenSpan, ref at, out var record)
            && (record.Kind, record.Time, record.Boot, record.Seq) == (SegmentRecordKind.Batch, time, boot, seq)
            && bytes.WrittenSpan[record.Content].SequenceEqual(content) && at == bytes.WrittenCount;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryRead_TornAnywhere_GivesTheWholeRecordsBefore()
    {
        var (bytes, ends) = Segment(5);
        for (var length = 0; length <= bytes.Length; length++)
            Assert.Equal(ends.Count(end => end <= length), ReadAll(bytes.AsSpan(0, length)).Count);
    }

    [Fact]
    public void TryRead_AnyBitTurned_GivesNoWrongRecord()
    {
        var (bytes, ends) = Segment(3);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] damaged = [.. bytes];
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            var before = ends.Count(end => end <= bit / 8);
            Assert.Equal(before, ReadAll(damaged).Count);
        }
    }

    [Fact]
    public void TryRead_MutatedSegments_NeverThrowsAndMovesOn()
    {
        var mutator = new Mutator(seed: 7);
        var (bytes, _) = Segment(4);
        for (var i = 0; i < 20_000; i++)
            ReadAll(i % 10 == 0 ? mutator.Next() : mutator.Mutate(bytes));
    }

    private static (byte[] Bytes, List<int> Ends) Segment(int records)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var ends = new List<int>();
        for (var i = 1; i <= records; i++)
        {
            SegmentCodec.Write(bytes, i % 2 == 0 ? SegmentRecordKind.Ack : SegmentRecordKind.Batch, i, "boot", (ulong)i, i % 2 == 0 ? [] : new byte[i * 5]);
            ends.Add(bytes.WrittenCount);
        }
        return (bytes.WrittenSpan.ToArray(), ends);
    }

    private static List<ulong> ReadAll(ReadOnlySpan<byte> bytes)
    {
        var read = new List<ulong>();
        for (int at = 0, start = 0; SegmentCodec.TryRead(bytes, ref at, out var record); start = at)
        {
            Assert.True(at > start && at <= bytes.Length);
            _ = bytes[record.Content];
            read.Add(record.Seq);
        }
        return read;
    }

    private static string Specification()
    {
        using var reader = new StreamReader(typeof(SegmentCodecTests).Assembly.GetManifestResourceStream("agent-spool.md")!);
        var example = reader.ReadToEnd().Split("```")[^2];
        return example.Replace(" ", "").Replace("\n", "");
    }
}
