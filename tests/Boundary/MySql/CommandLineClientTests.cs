using Outrider.MySql.Protocol;
using Outrider.Testing.MariaDb;

namespace Outrider.Tests.Boundary.MySql;

public sealed class CommandLineClientTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = Deadline.Start();

    public void Dispose() => _deadline.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Execute_Statements_PrintsTheirResults(bool byTls)
    {
        using var certificate = TestCertificate.Create(out _);
        await using var server = EchoServer.Start(o => o with
        {
            AuthenticationPlugin = AuthenticationPlugins.NativePassword,
            Certificate = byTls ? certificate : null,
        });

        var (exitCode, output, error) = await CommandLineClient.RunAsync(
            server.Server.Address.Port, "admin", EchoServer.Password, "ECHO; NONE; CHANGE; MANY", _deadline.Token,
            [.. byTls ? ["--ssl"] : (string[])["--skip-ssl"], "--database=shop"]);

        Assert.True(exitCode == 0, error);
        var lines = output.Split('\n');
        Assert.Equal("sql\tuser\tdatabase\ttls", lines[0]);
        Assert.Equal($"ECHO\tadmin\tshop\t{(byTls ? 1 : 0)}", lines[1]);
        Assert.Equal("100000\tNULL", lines[^2]);
    }

    [Fact]
    public async Task Execute_WrongPassword_IsDenied()
    {
        await using var server = EchoServer.Start(o => o with { AuthenticationPlugin = AuthenticationPlugins.NativePassword });

        var (exitCode, _, error) = await CommandLineClient.RunAsync(server.Server.Address.Port, "admin", "wrong", "ECHO", _deadline.Token);

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR 1045 (28000): Access denied for user 'admin'", error);
    }
}
