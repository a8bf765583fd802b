using FsCheck;
using FsCheck.Fluent;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Link;

public sealed class BlockCodecTests
{
    public static TheoryData<byte[], string> Refused => new()
    {
        { [], ProblemCodes.FrameMalformed },
        { [0x11], ProblemCodes.FrameMalformed },
        { [0x21, 1, (byte)'a', 0, 0, 0, 0], ProblemCodes.FrameMalformed },
        { [0x11, 0, 0, 0, 0, 0], ProblemCodes.FrameMalformed },
        { [0x11, 1, (byte)' ', 0, 0, 0, 0], ProblemCodes.FrameMalformed },
        { [0x11, 1, 0xE9, 0, 0, 0, 0], ProblemCodes.FrameMalformed },
        { [0x11, 255, (byte)'a', 0, 0, 0, 0], ProblemCodes.FrameMalformed },
        { [0x11, 1, (byte)'a', 0, 0, 0], ProblemCodes.FrameMalformed },
        { [0x10, 1, (byte)'a', 0, 0, 0, 0], ProblemCodes.FrameUnknownType },
        { [0x12, 1, (byte)'a', 0, 0, 0, 0], ProblemCodes.FrameUnknownType },
        { [0x11, 1, (byte)'a', 0, 0, 0, 0, .. new byte[LinkProtocol.MaxBlockBytes + 1]], ProblemCodes.FrameTooLarge },
    };

    [Fact]
    public void WriteHeader_ABlock_GivesTheBytesOfTheSpecification()
    {
        var frame = new byte[BlockCodec.MaxHeaderBytes];
        var length = BlockCodec.WriteHeader(frame, BlockKind.TaskPayload, "t-1", 0x01020304);
        Assert.Equal([0x11, 3, (byte)'t', (byte)'-', (byte)'1', 4, 3, 2, 1], frame[..length]);
    }

    [Fact]
    public void Read_WhatWasWritten_ComesBack() => Prop.ForAll<uint, byte[]>((number, payload) =>
    {
        var id = new string('x', 1 + (payload.Length % LinkProtocol.MaxIdLength));
        var frame = new byte[BlockCodec.MaxHeaderBytes + payload.Length];
        var length = BlockCodec.WriteHeader(frame, BlockKind.TaskPayload, id, number);
        payload.CopyTo(frame, length);
        var read = BlockCodec.Read(frame.AsSpan(0, length + payload.Length));
        return read.Value == new Block(BlockKind.TaskPayload, id, number, length);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_MetricBatch_IsReadOnlyWhereItWasAgreedOn()
    {
        var frame = new byte[BlockCodec.MaxHeaderBytes];
        var length = BlockCodec.WriteHeader(frame, BlockKind.MetricBatch, "b1", 7);
        Assert.Equal([0x12, 2, (byte)'b', (byte)'1', 7, 0, 0, 0], frame[..length]);
        Assert.Equal(new Block(BlockKind.MetricBatch, "b1", 7, length), BlockCodec.Read(frame.AsSpan(0, length), BlockKind.MetricBatch).Value);
        Assert.Equal(ProblemCodes.FrameUnknownType, BlockCodec.Read(frame.AsSpan(0, length)).Problem?.Code);
        frame[0] = 0x13;
        Assert.Equal(ProblemCodes.FrameUnknownType, BlockCodec.Read(frame.AsSpan(0, length), BlockKind.MetricBatch).Problem?.Code);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_WrongFrame_AnswersItsCode(byte[] frame, string code) => Assert.Equal(code, BlockCodec.Read(frame).Problem?.Code);

    [Fact]
    public void Read_RandomBytes_NeverThrows() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        byte[] frame = [0x11, .. bytes];
        var read = BlockCodec.Read(frame);
        return read.Ok ? read.Value.HeaderLength <= frame.Length : read.Problem.Code.StartsWith("frame_");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
}
