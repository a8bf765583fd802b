using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.MySql.Transport;
using Outrider.Testing.MariaDb;

namespace Outrider.Tests.Boundary.MySql;

[Collection(MariaDbGroup.Name)]
public sealed class TlsTests(MariaDbFixture mariaDb) : IDisposable
{
    private readonly CancellationTokenSource _deadline = Deadline.Start();

    private MariaDbServer Server => mariaDb.Server;

    public void Dispose() => _deadline.Dispose();

    [Theory]
    [InlineData(TlsMode.Disabled, false)]
    [InlineData(TlsMode.Preferred, true)]
    [InlineData(TlsMode.Required, true)]
    public async Task ConnectAsync_Mode_DecidesOnTls(TlsMode mode, bool isTls)
    {
        await using var session = await ClientSession.ConnectAsync(Server.Root with { Tls = mode }, _deadline.Token);

        Assert.Equal(isTls, session.IsTls);
        var cipher = Assert.Single(await session.RowsAsync("SHOW STATUS LIKE 'Ssl_cipher'"))[1];
        Assert.Equal(isTls, cipher!.Length > 0);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task ConnectAsync_VerifyFullWithItsAuthority_Connects(string host)
    {
        var options = Server.Root with { Host = host, Tls = TlsMode.VerifyFull, TlsCaFile = Server.CaFile };

        await using var session = await ClientSession.ConnectAsync(options, _deadline.Token);

        Assert.True(session.IsTls);
    }

    [Fact]
    public async Task ConnectAsync_VerifyFullWithoutItsAuthority_Refuses()
    {
        var error = await Assert.ThrowsAsync<MySqlConnectionException>(
            () => ClientSession.ConnectAsync(Server.Root with { Tls = TlsMode.VerifyFull }, _deadline.Token));

        Assert.Contains("TLS handshake", error.Message);
    }

    [Fact]
    public async Task ConnectAsync_AuthorityFileAbsent_NamesTheFile()
    {
        var options = Server.Root with { Tls = TlsMode.VerifyFull, TlsCaFile = "absent.pem" };

        var error = await Assert.ThrowsAsync<MySqlConnectionException>(() => ClientSession.ConnectAsync(options, _deadline.Token));

        Assert.Contains("absent.pem", error.Message);
    }

    [Fact]
    public async Task QueryAsync_LargeResultByTls_Arrives()
    {
        await using var session = await ClientSession.ConnectAsync(Server.Root with { Tls = TlsMode.Required }, _deadline.Token);

        var rows = await session.RowsAsync("SELECT seq, REPEAT('x', 1000) FROM seq_1_to_20000");

        Assert.Equal(20000, rows.Count);
        Assert.All(rows, row => Assert.Equal(1000, row[1]!.Length));
    }
}
