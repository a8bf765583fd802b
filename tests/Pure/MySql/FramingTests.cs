using Outrider.MySql;
using Outrider.MySql.Framing;
using Outrider.MySql.Transport;

namespace Outrider.Tests.Pure.MySql;

public sealed class FramingTests
{
    private const int Full = PacketFrame.MaxPayloadBytes;

    [Theory]
    [InlineData(0, "00000000")]
    [InlineData(1, "01000000")]
    [InlineData(Full - 1, "feffff00")]
    [InlineData(Full, "ffffff00", "00000001")]
    [InlineData(Full + 1, "ffffff00", "01000001")]
    [InlineData(2 * Full, "ffffff00", "ffffff01", "00000002")]
    public async Task Write_AnyLength_SplitsAndReadsBack(int length, params string[] headers)
    {
        var payload = new byte[length];
        for (var i = 0; i < length; i++)
            payload[i] = (byte)(i * 31 >> 3);

        var bytes = await WriteAsync(payload);

        Assert.Equal(length + headers.Length * PacketFrame.HeaderBytes, bytes.Length);
        for (var i = 0; i < headers.Length; i++)
            Assert.Equal(headers[i], Convert.ToHexStringLower(bytes, i * (Full + PacketFrame.HeaderBytes), PacketFrame.HeaderBytes));
        using var reader = Reader([.. bytes, .. Next((byte)headers.Length)], 3 * Full, 1_000_003);
        var read = await reader.ReadAsync(default);
        Assert.True(read.Span.SequenceEqual(payload));
        Assert.Equal([42], (await reader.ReadAsync(default)).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1 << 20)]
    public async Task ReadAsync_ManyPacketsInAnyChunks_AreWholeAndSequencesWrap(int chunk)
    {
        var script = new Script();
        for (var i = 0; i < 600; i++)
            script.Packet((byte)i, Enumerable.Repeat((byte)i, i * 7 % 500).ToArray());
        using var reader = Reader(script.Bytes, 1000, chunk);

        for (var i = 0; i < 600; i++)
            Assert.Equal(Enumerable.Repeat((byte)i, i * 7 % 500), (await reader.ReadAsync(default)).ToArray());

        Assert.False(reader.HasBufferedBytes);
        await Assert.ThrowsAsync<MySqlConnectionException>(() => reader.ReadAsync(default).AsTask());
    }

    [Fact]
    public async Task ReadAsync_NotReadingAhead_LeavesWhatFollowsTheLastPacket()
    {
        var stream = new ScriptedStream(new Script().Packet(0, [1, 2]).Packet(1, [3]).Bytes);
        using var reader = new PacketReader(new(stream), new(), 100) { ReadsAhead = false };

        Assert.Equal([1, 2], (await reader.ReadAsync(default)).ToArray());

        Assert.False(reader.HasBufferedBytes);
        Assert.Equal(1, stream.ReadByte());
    }

    [Fact]
    public async Task ReadAsync_WrongSequenceId_IsAProtocolError()
    {
        using var reader = Reader(new Script().Packet(0, [1]).Packet(2, [2]).Bytes, 100);
        await reader.ReadAsync(default);

        var error = await Assert.ThrowsAsync<MySqlProtocolException>(() => reader.ReadAsync(default).AsTask());

        Assert.Contains("sequence id 2 where 1 was due", error.Message);
    }

    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(101, 100, false)]
    [InlineData(Full, Full - 1, false)]
    public async Task ReadAsync_AnnouncedLength_IsHeldAgainstTheCapBeforeAnythingElse(int announced, int cap, bool isTaken)
    {
        byte[] script = [(byte)announced, (byte)(announced >> 8), (byte)(announced >> 16), 0];
        using var reader = Reader(script, cap);
        var before = GC.GetAllocatedBytesForCurrentThread();

        // Taken, it then lacks its payload.
        var error = await Assert.ThrowsAnyAsync<MySqlException>(() => reader.ReadAsync(default).AsTask());

        Assert.Equal(isTaken, error is MySqlConnectionException);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Fact]
    public async Task ReadAsync_LargePacketAnnouncedButNotSent_AllocatesByWhatArrived()
    {
        using var reader = Reader([0xfe, 0xff, 0xff, 0, .. new byte[100_000]], Full);
        var before = GC.GetAllocatedBytesForCurrentThread();

        await Assert.ThrowsAsync<MySqlConnectionException>(() => reader.ReadAsync(default).AsTask());

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    private static PacketReader Reader(byte[] script, int cap, int chunk = int.MaxValue) =>
        new(new ByteTransport(new ScriptedStream(script, chunk)), new PacketSequence(), cap);

    private static byte[] Next(byte sequence) => new Script().Packet(sequence, [42]).Bytes;

    private static async Task<byte[]> WriteAsync(byte[] payload)
    {
        var stream = new ScriptedStream(default);
        using var writer = new PacketWriter(new ByteTransport(stream), new PacketSequence());
        writer.Write(payload);
        await writer.FlushAsync(default);
        return stream.Heard;
    }
}
