using FsCheck;
using FsCheck.Fluent;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Tasks;

public sealed class LogChunkCodecTests
{
    private static readonly LogChunk s_chunk = new(3, TaskStream.Stderr, 0x0102, 0x0A0B, new byte[] { 0xAA, 0xBB });

    private static Arbitrary<LogChunk> AnyChunk => Arb.From(
        from number in ArbMap.Default.GeneratorFor<uint>()
        from stream in Gen.Elements(TaskStream.Stdout, TaskStream.Stderr, TaskStream.Note)
        from at in ArbMap.Default.GeneratorFor<long>()
        from offset in ArbMap.Default.GeneratorFor<int>()
        from bytes in ArbMap.Default.GeneratorFor<byte[]>()
        select new LogChunk(number, stream, at, Math.Abs((long)offset), bytes));

    public static TheoryData<byte[]> Refused => new()
    {
        { [] },
        { new byte[LogChunkCodec.HeaderBytes - 1] },
        { [0, .. new byte[16]] },
        { [4, .. new byte[16]] },
        { [1, .. new byte[15], 0x80] },
        { [1, .. new byte[16 + TaskLimits.ChunkBytes + 1]] },
    };

    [Fact]
    public void WriteHeader_AChunk_GivesTheBytesOfTheSpecification()
    {
        var header = new byte[LogChunkCodec.HeaderBytes];
        LogChunkCodec.WriteHeader(header, s_chunk);
        Assert.Equal("0202010000000000000B0A000000000000", Convert.ToHexString(header));
    }

    [Fact]
    public void Join_AChunk_GivesTheBytesOfTheSpecification() =>
        Assert.Equal("03000000" + "13000000" + "0202010000000000000B0A000000000000" + "AABB", Convert.ToHexString(LogChunkCodec.Join([s_chunk])));

    [Fact]
    public void Read_TheLargestChunk_FillsABlock()
    {
        var body = new byte[LogChunkCodec.HeaderBytes + TaskLimits.ChunkBytes];
        Assert.Equal(Protocol.Link.LinkProtocol.MaxBlockBytes, body.Length);
        body[0] = 1;
        Assert.Equal(TaskLimits.ChunkBytes, LogChunkCodec.Read(0, body).Value?.Bytes.Length);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_WrongBody_IsMalformed(byte[] body) => Assert.Equal(ProblemCodes.FrameMalformed, LogChunkCodec.Read(0, body).Problem?.Code);

    [Fact]
    public void Split_WhatWasJoined_ComesBack() => Prop.ForAll(Arb.From(Gen.ListOf(AnyChunk.Generator)), chunks =>
    {
        var joined = LogChunkCodec.Join([.. chunks]);
        return LogChunkCodec.Split(joined).Value!.Select(Shown).SequenceEqual(chunks.Select(Shown));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ReadFramedHeader_WhatWasWritten_ComesBack() => Prop.ForAll(AnyChunk, chunk =>
    {
        var header = new byte[LogChunkCodec.FramedHeaderBytes];
        LogChunkCodec.WriteFramedHeader(header, chunk);
        return LogChunkCodec.ReadFramedHeader(header, out var number, out var offset) == header.Length + chunk.Bytes.Length
            && (number, offset) == (chunk.Number, chunk.Offset);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Split_TornAnywhere_IsMalformedOrShorter()
    {
        var joined = LogChunkCodec.Join([s_chunk, s_chunk with { Number = 4 }]);
        for (var length = 0; length <= joined.Length; length++)
        {
            var split = LogChunkCodec.Split(joined.AsMemory(0, length));
            Assert.Equal(length * 2 % joined.Length == 0, split.Ok);
        }
    }

    [Fact]
    public void Split_RandomBytes_NeverThrows() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        var split = LogChunkCodec.Split(bytes);
        return split.Ok || split.Problem.Code == ProblemCodes.FrameMalformed;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    private static (uint, TaskStream, long, long, string) Shown(LogChunk chunk) =>
        (chunk.Number, chunk.Stream, chunk.At, chunk.Offset, Convert.ToHexString(chunk.Bytes.Span));
}
