using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.Testing.MariaDb;

namespace Outrider.Tests.Boundary.MySql;

[Collection(MariaDbGroup.Name)]
public sealed class LargeResultTests(MariaDbFixture mariaDb) : IDisposable
{
    private const int MaxFrame = 0xff_ff_ff;

    private readonly CancellationTokenSource _deadline = Deadline.Start();

    private MariaDbServer Server => mariaDb.Server;

    public void Dispose() => _deadline.Dispose();

    /// <summary>A row has 4 or 9 bytes of cell length before its text, so these are just below, at and beyond one and two full packets.</summary>
    [Theory]
    [InlineData(MaxFrame - 4 - 1)]
    [InlineData(MaxFrame - 4)]
    [InlineData(MaxFrame)]
    [InlineData(MaxFrame + 1 - 9)]
    [InlineData(2 * MaxFrame - 9)]
    [InlineData(2 * MaxFrame)]
    public async Task ReadAsync_RowAroundThePacketBoundary_IsWhole(int length)
    {
        await using var session = await ConnectAsync(Server.Root with { MaxPacketBytes = 64 << 20 });
        await using var result = await session.QueryAsync(
            $"SELECT CONCAT(REPEAT('a', {length - 1}), 'z') UNION ALL SELECT 'next'", _deadline.Token);

        Assert.True(await result.ReadAsync(_deadline.Token));
        Assert.Equal(length, result.GetBytes(0).Length);
        Assert.Equal(length - 1, result.GetBytes(0).IndexOfAnyExcept((byte)'a'));
        Assert.Equal((byte)'z', result.GetBytes(0)[^1]);
        Assert.True(await result.ReadAsync(_deadline.Token));
        Assert.Equal("next", result.GetText(0));
        Assert.False(await result.ReadAsync(_deadline.Token));
    }

    [Fact]
    public async Task QueryAsync_StatementBeyondOnePacket_IsSplit()
    {
        await using var session = await ConnectAsync(Server.Root);

        Assert.Equal("17000000", await session.ScalarAsync($"SELECT LENGTH('{new string('x', 17_000_000)}')"));
    }

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(16 << 20, 16 << 20)]
    public async Task ReadAsync_RowBeyondTheCap_IsRefusedUnread(int cap, int length)
    {
        await using var session = await ConnectAsync(Server.Root with { MaxPacketBytes = cap });
        await using var result = await session.QueryAsync($"SELECT REPEAT('x', {length})", _deadline.Token);
        var before = GC.GetTotalAllocatedBytes();

        var error = await Assert.ThrowsAsync<MySqlPacketTooLargeException>(() => result.ReadAsync(_deadline.Token).AsTask());

        Assert.Equal(cap, error.MaxPacketBytes);
        Assert.Equal(ClientSessionState.Broken, session.State);
        // The cap of 16 MB is hit by the second of two packets; only the first may have been read.
        Assert.True(GC.GetTotalAllocatedBytes() - before < 3L * cap);
    }

    [Fact]
    public async Task ReadAsync_MillionRows_StreamsInBoundedMemory()
    {
        await using var session = await ConnectAsync(Server.Root);
        // 100 MB on the wire.
        await using var result = await session.QueryAsync("SELECT seq, REPEAT('x', 92) FROM seq_1_to_1000000", _deadline.Token);
        var heap = new HeapWatch();
        var (rows, bytes, sum) = (0, 0L, 0L);
        while (await result.ReadAsync(_deadline.Token))
        {
            rows++;
            bytes += result.RowBytes;
            sum += System.Buffers.Text.Utf8Parser.TryParse(result.GetBytes(0), out long seq, out _) ? seq : 0;
            if (rows % 100_000 == 0)
                heap.Look();
        }

        Assert.Equal((1_000_000, 500_000_500_000), (rows, sum));
        Assert.True(bytes > 99_000_000);
        Assert.True(heap.Growth < 2_000_000, $"the heap grew by {heap.Growth} bytes");
    }

    private Task<ClientSession> ConnectAsync(ClientOptions options) => ClientSession.ConnectAsync(options, _deadline.Token);

    /// <summary>How far live memory goes beyond what it was at first.</summary>
    private sealed class HeapWatch
    {
        private readonly long _live = GC.GetTotalMemory(forceFullCollection: true);

        public long Growth { get; private set; }

        public void Look() => Growth = Math.Max(Growth, GC.GetTotalMemory(forceFullCollection: true) - _live);
    }
}
