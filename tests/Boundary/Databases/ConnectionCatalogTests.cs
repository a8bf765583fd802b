using Outrider.Agent.Connections;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Databases;

public sealed class ConnectionCatalogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("outrider-connections-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_NoFile_HasNoConnections() =>
        Assert.Equal(ProblemCodes.ConnectionNotConfigured, ConnectionCatalog.Load(_folder.FullName).Value!.Open("a", TaskTypes.MySql, _ => null).Problem?.Code);

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Load_FileThatOthersMayUse_IsRefused(UnixFileMode others)
    {
        Write(ConnectionCatalog.FileName, "{}", others);

        Assert.Contains("chmod 600", ConnectionCatalog.Load(_folder.FullName).Problem?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a": {"type": "oracle", "host": "h"}}""", "type must be")]
    [InlineData("""{"a": {"type": "mysql"}}""", "host is missing")]
    [InlineData("""{"a": {"type": "mysql", "host": "h", "pasword": "hunter2"}}""", "pasword")]
    [InlineData("""{"a": {"type": "mysql", "host": "h", "port": 0}}""", "port must be")]
    [InlineData("""{"a": {"type": "mysql", "host": "h", "port": "hunter2"}}""", "$.a.port")]
    [InlineData("""{"a": {"type": "mysql", "host": "h", "password": "hunter2", "password_file": "x"}}""", "not both")]
    [InlineData("""{"a": {"type": "mysql", "host": "h", "tls": "yes"}}""", "tls must be")]
    [InlineData("""{"a": {"type": "clickhouse", "host": "h", "protocol": "native"}}""", "8123")]
    [InlineData("""{"a": {"type": "postgres", "host": "h", "goinception": {"host": "g"}}}""", "for mysql and doris")]
    [InlineData("""{"a": {"type": "mysql", "host": "h", "goinception": {}}}""", "goinception.host")]
    [InlineData("""{"a b": {"type": "mysql", "host": "h"}}""", "name")]
    [InlineData("""{"a": null}""", "a")]
    [InlineData("{", "line 1")]
    public void Load_UnusableFile_SaysWhatIsWrongAndNoSecret(string json, string told)
    {
        Write(ConnectionCatalog.FileName, json);

        var problem = ConnectionCatalog.Load(_folder.FullName).Problem;

        Assert.Contains(told, problem?.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Connection_FillsInDefaultsAndSecrets()
    {
        Write("pg.password", "from file\n");
        Write(ConnectionCatalog.FileName, """
            {
              // Comments are fine.
              "a": {"type": "mysql", "host": "h", "password": "${secret:A}", "goinception": {"host": "g", "password": "${secret:G}"}},
              "b": {"type": "postgres", "host": "h", "password_file": "pg.password", "write": true},
              "c": {"type": "elasticsearch", "host": "h", "api_key": "${secret:A}"},
            }
            """);
        var catalog = ConnectionCatalog.Load(_folder.FullName).Value!;

        string? Secret(string name) => name + "-value";
        var (a, b, c) = (catalog.Open("a", "mysql", Secret).Value!, catalog.Open("b", "postgres", Secret).Value!, catalog.Open("c", "elasticsearch", Secret).Value!);

        Assert.Equal((3306, "root", "A-value", "G-value", false), (a.Port, a.User, a.Password, a.GoInception!.Password, a.Write));
        Assert.Equal((5432, "postgres", "from file", true), (b.Port, b.User, b.Password, b.Write));
        Assert.Equal((9200, "A-value"), (c.Port, c.ApiKey));
        Assert.Contains("isn't in secrets.env", catalog.Open("a", "mysql", _ => null).Problem?.Message, StringComparison.Ordinal);
        Assert.Contains("It has a.", catalog.Open("b", "mysql", Secret).Problem?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PasswordFileThatOthersMayRead_IsRefused()
    {
        Write("p", "x", UnixFileMode.OtherRead);
        Write(ConnectionCatalog.FileName, """{"a": {"type": "mysql", "host": "h", "password_file": "p"}}""");

        Assert.Contains("chmod 600", ConnectionCatalog.Load(_folder.FullName).Value!.Open("a", "mysql", _ => null).Problem?.Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text, UnixFileMode others = UnixFileMode.None)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
    }
}
