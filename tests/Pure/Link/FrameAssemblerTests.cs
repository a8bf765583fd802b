using FsCheck;
using FsCheck.Fluent;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Link;

public sealed class FrameAssemblerTests
{
    [Fact]
    public void Accept_PiecesOfAnySize_JoinToTheFrame() => Prop.ForAll<byte[][]>(pieces =>
    {
        using var assembler = new FrameAssembler();
        foreach (var piece in pieces)
            Assert.Null(Feed(assembler, piece, binary: false));
        return assembler.Frame.SequenceEqual(pieces.SelectMany(p => p).ToArray());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false, LinkProtocol.MaxTextBytes)]
    [InlineData(true, BlockCodec.MaxFrameBytes)]
    public void Accept_PastTheCap_IsTooLargeAndDoesNotGrow(bool binary, int cap)
    {
        using var assembler = new FrameAssembler();
        Assert.Null(Feed(assembler, new byte[cap], binary));
        Assert.Equal(cap, assembler.Frame.Length);
        assembler.Free.Span[0] = 1;
        Assert.Equal(ProblemCodes.FrameTooLarge, assembler.Accept(1, binary)?.Code);
    }

    [Fact]
    public void Reset_AfterALargeFrame_HoldsOneKibibyteAgain()
    {
        using var assembler = new FrameAssembler();
        Feed(assembler, new byte[200_000], binary: false);
        assembler.Reset();
        Assert.Equal(1024, assembler.Free.Length);
        Assert.True(assembler.Frame.IsEmpty);
    }

    private static Problem? Feed(FrameAssembler assembler, ReadOnlySpan<byte> bytes, bool binary)
    {
        while (!bytes.IsEmpty)
        {
            var free = assembler.Free.Span;
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            if (assembler.Accept(count, binary) is { } problem)
                return problem;
            bytes = bytes[count..];
        }
        return null;
    }
}
