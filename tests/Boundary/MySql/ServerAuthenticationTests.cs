using System.Security.Cryptography.X509Certificates;
using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.MySql.Protocol;
using Outrider.MySql.Transport;
using Outrider.Testing.MariaDb;

namespace Outrider.Tests.Boundary.MySql;

public sealed class ServerAuthenticationTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = Deadline.Start();
    private readonly string _caFile = Path.GetTempFileName();
    private readonly X509Certificate2 _certificate;

    public ServerAuthenticationTests()
    {
        _certificate = TestCertificate.Create(out var caPem);
        File.WriteAllText(_caFile, caPem);
    }

    public void Dispose()
    {
        _deadline.Dispose();
        _certificate.Dispose();
        File.Delete(_caFile);
    }

    [Theory]
    [InlineData(AuthenticationPlugins.NativePassword, TlsMode.Disabled)]
    [InlineData(AuthenticationPlugins.NativePassword, TlsMode.Required)]
    [InlineData(AuthenticationPlugins.CachingSha2Password, TlsMode.Disabled)]
    [InlineData(AuthenticationPlugins.CachingSha2Password, TlsMode.Required)]
    [InlineData(AuthenticationPlugins.ClearPassword, TlsMode.Required)]
    public async Task ConnectAsync_RightPassword_LogsInTwice(string plugin, TlsMode tls)
    {
        await using var server = EchoServer.Start(o => o with { AuthenticationPlugin = plugin, Certificate = _certificate });
        var options = server.Client with { Tls = tls, AllowPublicKeyRetrieval = true, AllowClearPassword = true };

        // With caching_sha2_password the first login takes the full path, the second the fast one.
        for (var login = 0; login < 2; login++)
        {
            await using var session = await ClientSession.ConnectAsync(options, _deadline.Token);
            Assert.Equal(tls == TlsMode.Required ? "1" : "0", Assert.Single(await session.RowsAsync("WHO"))[3]);
        }
    }

    [Theory]
    [InlineData(AuthenticationPlugins.NativePassword, TlsMode.Disabled)]
    [InlineData(AuthenticationPlugins.CachingSha2Password, TlsMode.Disabled)]
    [InlineData(AuthenticationPlugins.CachingSha2Password, TlsMode.Required)]
    [InlineData(AuthenticationPlugins.ClearPassword, TlsMode.Required)]
    public async Task ConnectAsync_WrongPasswordOrUser_IsDenied(string plugin, TlsMode tls)
    {
        await using var server = EchoServer.Start(o => o with { AuthenticationPlugin = plugin, Certificate = _certificate });
        var options = server.Client with { Tls = tls, AllowPublicKeyRetrieval = true, AllowClearPassword = true };
        await using (await ClientSession.ConnectAsync(options, _deadline.Token))
        {
            // Now the cache knows the right password.
        }

        foreach (var wrong in (ClientOptions[])[options with { Password = "wrong" }, options with { Password = "" }, options with { User = "nobody" }])
        {
            var error = await Assert.ThrowsAsync<MySqlServerException>(() => ClientSession.ConnectAsync(wrong, _deadline.Token));
            Assert.Equal((1045, "28000"), (error.Code, error.SqlState));
        }
    }

    [Fact]
    public async Task ConnectAsync_FullPathInTheClear_NeedsPermissionForThePublicKey()
    {
        await using var server = EchoServer.Start();

        var error = await Assert.ThrowsAsync<MySqlConnectionException>(() => ClientSession.ConnectAsync(server.Client, _deadline.Token));
        Assert.Contains("TLS", error.Message);

        // Once the server knows the password, the fast path needs no permission; when it forgets, the full path is back.
        await using (await ClientSession.ConnectAsync(server.Client with { AllowPublicKeyRetrieval = true }, _deadline.Token))
        await using (await ClientSession.ConnectAsync(server.Client, _deadline.Token))
            server.Server.Secrets.Forget();
        await Assert.ThrowsAsync<MySqlConnectionException>(() => ClientSession.ConnectAsync(server.Client, _deadline.Token));
    }

    [Theory]
    [InlineData(TlsMode.Disabled, true)]
    [InlineData(TlsMode.Required, false)]
    public async Task ConnectAsync_ClearPassword_NeedsTlsAndPermission(TlsMode tls, bool isAllowed)
    {
        await using var server = EchoServer.Start(
            o => o with { AuthenticationPlugin = AuthenticationPlugins.ClearPassword, Certificate = _certificate });
        var options = server.Client with { Tls = tls, AllowClearPassword = isAllowed };

        var error = await Assert.ThrowsAsync<MySqlConnectionException>(() => ClientSession.ConnectAsync(options, _deadline.Token));

        Assert.Contains("clear text", error.Message);
    }

    [Theory]
    [InlineData(AuthenticationPlugins.NativePassword)]
    [InlineData(AuthenticationPlugins.CachingSha2Password)]
    public async Task ConnectAsync_EmptyPassword_LogsIn(string plugin)
    {
        await using var server = EchoServer.Start(o => o with { AuthenticationPlugin = plugin });

        await using var session = await ClientSession.ConnectAsync(server.Client with { User = "open", Password = "" }, _deadline.Token);

        Assert.Equal("open", Assert.Single(await session.RowsAsync("WHO"))[1]);
    }

    [Theory]
    [InlineData(TlsMode.Required)]
    [InlineData(TlsMode.VerifyFull)]
    public async Task ConnectAsync_ServerWithoutTls_IsRefusedWhenTlsIsRequired(TlsMode tls)
    {
        await using var server = EchoServer.Start();

        var error = await Assert.ThrowsAsync<MySqlConnectionException>(
            () => ClientSession.ConnectAsync(server.Client with { Tls = tls }, _deadline.Token));

        Assert.Contains("doesn't offer TLS", error.Message);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.2", false)]
    public async Task ConnectAsync_VerifyFull_HoldsTheAddressAgainstTheCertificate(string address, bool isInCertificate)
    {
        await using var server = EchoServer.Start(o => o with { Certificate = _certificate }, address: address);

        var connect = ClientSession.ConnectAsync(server.Client with { Tls = TlsMode.VerifyFull, TlsCaFile = _caFile }, _deadline.Token);

        if (isInCertificate)
            await using (var session = await connect)
                Assert.True(session.IsTls);
        else
            Assert.Contains("TLS handshake", (await Assert.ThrowsAsync<MySqlConnectionException>(() => connect)).Message);
    }
}
