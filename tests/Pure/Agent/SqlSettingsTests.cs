using Outrider.Agent.Sql;
using Outrider.MySql.Transport;

namespace Outrider.Tests.Pure.Agent;

public sealed class SqlSettingsTests
{
    private static readonly Func<string, string?> s_empty = _ => null;

    [Fact]
    public void Read_NoHost_IsNoDatabase()
    {
        var settings = SqlSettings.Read(["SR_PORT=9030"], s_empty);

        Assert.True(settings.Problem is null && settings.Value is null);
    }

    [Fact]
    public void Read_FileWithCommentsAndQuotes_TakesEachName()
    {
        var settings = SqlSettings.Read(
            ["# my cluster", "", "SR_HOST = fe.internal ", "SR_PORT=19030", "SR_USER='ops'", "SR_PASSWORD=\"a=b # c\"", "SR_TLS=verify_full"], s_empty);

        Assert.NotNull(settings.Value);
        Assert.Equal(("fe.internal", 19030, "ops", "a=b # c", TlsMode.VerifyFull),
            (settings.Value.Host, settings.Value.Port, settings.Value.User, settings.Value.Password, settings.Value.Tls));
    }

    [Fact]
    public void Read_NameInBoth_TakesTheEnvironments()
    {
        var settings = SqlSettings.Read(["SR_HOST=file", "SR_USER=file"], name => name == "SR_HOST" ? "environment" : null);

        Assert.Equal(("environment", "file"), (settings.Value!.Host, settings.Value.User));
    }

    [Theory]
    [InlineData("SR_PORT=0", "SR_PORT")]
    [InlineData("SR_PORT=90 30", "SR_PORT")]
    [InlineData("SR_PORT=65536", "SR_PORT")]
    [InlineData("SR_TLS=maybe", "SR_TLS")]
    [InlineData("nonsense", "NAME=value")]
    public void Read_BadLine_SaysWhatToChange(string line, string named)
    {
        var settings = SqlSettings.Read(["SR_HOST=fe", line], s_empty);

        Assert.Contains(named, settings.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BadLineWithPassword_NeverRepeatsIt()
    {
        var settings = SqlSettings.Read(["SR_HOST=fe", "SR_PASSWORD hunter2"], s_empty);

        Assert.DoesNotContain("hunter2", settings.Problem!.Message, StringComparison.Ordinal);
    }
}
