using Outrider.Protocol.Files;
using Outrider.Protocol.Link;

namespace Outrider.Tests.Pure.Files;

public sealed class FileBlockTests
{
    [Fact]
    public void Seal_ABlock_IsTheBytesOfTheSpecification()
    {
        var frame = new byte[FileBlockCodec.BytesAt("f1") + 9];
        "123456789"u8.CopyTo(frame.AsSpan(FileBlockCodec.BytesAt("f1")));
        FileBlockCodec.Seal(frame, "f1", 7);
        // Version 1 and kind 4, length of the id, the id, the number, the CRC-32C of RFC 3720, the bytes.
        Assert.Equal("14" + "02" + "6631" + "07000000" + "839206E3" + "313233343536373839", Convert.ToHexString(frame));

        var block = BlockCodec.Read(frame, BlockKind.FileBlock);
        Assert.Equal((BlockKind.FileBlock, "f1", 7U), (block.Value.Kind, block.Value.Id, block.Value.Number));
        Assert.True(FileBlockCodec.TryOpen(frame.AsMemory(block.Value.HeaderLength), out var bytes));
        Assert.Equal("123456789"u8.ToArray(), bytes.ToArray());
    }

    [Fact]
    public void TryOpen_AnyBitTurned_IsFound()
    {
        var frame = new byte[FileBlockCodec.BytesAt("f1") + 5];
        FileBlockCodec.Seal(frame, "f1", 0);
        var body = frame.AsMemory(BlockCodec.Read(frame, BlockKind.FileBlock).Value.HeaderLength);
        for (var bit = 0; bit < body.Length * 8; bit++)
        {
            body.Span[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(FileBlockCodec.TryOpen(body, out _));
            body.Span[bit / 8] ^= (byte)(1 << bit % 8);
        }
        Assert.True(FileBlockCodec.TryOpen(body, out _));
        Assert.False(FileBlockCodec.TryOpen(body[..3], out _));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(FileBlocks.Bytes, 1, FileBlocks.Bytes)]
    [InlineData(FileBlocks.Bytes + 1, 2, 1)]
    [InlineData(5L << 30, 87_382, 20_480)]
    public void Blocks_OfASize_AreAllButTheLastFull(long size, uint count, int last)
    {
        Assert.Equal(count, FileBlocks.Count(size));
        Assert.Equal(last, FileBlocks.LengthOf(size, count - 1));
        Assert.Equal(0, FileBlocks.LengthOf(size, count));
        Assert.Equal(size, (count - 1) * (long)FileBlocks.Bytes + last);
    }

    [Fact]
    public async Task Window_SenderAhead_WaitsForWhatWasTaken()
    {
        var window = new BlockWindow(10, 1_000);
        for (var number = 10U; number < 10 + FileBlocks.Window; number++)
            Assert.Equal(number, await window.NextAsync(default));
        var next = window.NextAsync(default).AsTask();
        Assert.False(next.IsCompleted);
        Assert.True(window.Take(12));
        Assert.Equal(10U + FileBlocks.Window, await next);
        Assert.True(window.Take(12));
        Assert.False(window.Take(11));
        Assert.False(window.Take(12 + FileBlocks.Window));
    }

    [Fact]
    public async Task Window_AllTaken_IsWhole()
    {
        var window = new BlockWindow(0, 2);
        Assert.Equal(0U, await window.NextAsync(default));
        Assert.False(window.Take(2));
        Assert.Equal(1U, await window.NextAsync(default));
        Assert.Null(await window.NextAsync(default));
        Assert.False(window.Whole.IsCompleted);
        Assert.True(window.Take(2));
        await window.Whole;
        var nothingLacks = new BlockWindow(2, 2);
        Assert.Null(await nothingLacks.NextAsync(default));
        Assert.True(nothingLacks.Take(2));
        await nothingLacks.Whole;
    }
}
