using System.Text.Json;
using Outrider.Testing.Centre;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Boundary.Standalone;

public sealed class CommandTests : IAsyncLifetime
{
    private TestCentre _centre = null!;

    public async Task InitializeAsync() => _centre = await TestCentre.StartAsync();

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Fact]
    public async Task TenantKeyTokenAndAgent_FromCreationToRevocation()
    {
        Assert.Contains("Acme", await OkAsync("tenant", "create", "acme", "--name", "Acme", "--agents", "3"));
        Assert.Contains("acme", await OkAsync("tenant", "list"));
        var key = (await OkAsync("key", "create", "--tenant", "acme", "--role", "admin", "--name", "ci", "--expires", "90d")).Trim();
        var token = JsonDocument.Parse(await OkAsync("token", "create", "--tenant", "acme", "--pattern", "prod-*", "--max-uses", "2", "--json"));
        Assert.StartsWith("ort.acme.", token.RootElement.GetProperty("secret").GetString());
        var shown = await OkAsync("tenant", "show", "acme");
        Assert.Contains("prod-*", shown);
        Assert.DoesNotContain(key, shown);
        await ScriptedAgent.ConnectAsync(_centre, "acme", "prod-1", _ => throw new InvalidOperationException());
        Assert.Contains("prod-1", await OkAsync("agent", "list", "--key", key));
        await OkAsync("agent", "revoke", "prod-1", "--key", key);
        Assert.DoesNotContain("prod-1", await OkAsync("agent", "list", "--key", key));

        await OkAsync("tenant", "disable", "acme");
        Assert.Contains("(tenant_disabled)", await FailAsync("agent", "list", "--key", key));
        await OkAsync("tenant", "enable", "acme");
        await OkAsync("key", "revoke", key.Split('.')[2], "--tenant", "acme");
        Assert.Contains("(unauthenticated)", await FailAsync("agent", "list", "--key", key));
    }

    [Theory]
    [InlineData("acme")]
    [InlineData(null)]
    public async Task User_FromInvitationToDeletion(string? tenant)
    {
        string[] of = tenant is null ? [] : ["--tenant", tenant];
        if (tenant is not null)
            await OkAsync("tenant", "create", tenant);
        var link = (await OkAsync(["user", "create", "Ada", "--identity", "ada@acme.example", .. of])).Trim();
        Assert.StartsWith($"{_centre.Url}welcome#oli.{tenant ?? "~"}.ada.", link);
        await OkAsync(["user", "create", "bob", .. of]);
        var other = (await OkAsync(["user", "invite", "ada", .. of])).Trim();
        Assert.NotEqual(link, other);

        await OkAsync(["user", "disable", "ada", .. of]);
        var users = JsonDocument.Parse(await OkAsync(["user", "list", "--json", .. of])).RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["ada", "bob"], users.Select(user => user.GetProperty("name").GetString()));
        Assert.Equal((false, tenant is null ? "platform" : "viewer"), (users[0].GetProperty("enabled").GetBoolean(), users[0].GetProperty("role").GetString()));
        await OkAsync(["user", "enable", "ada", .. of]);
        await OkAsync(["user", "sign-out", "ada", .. of]);
        await OkAsync(["user", "delete", "ada", .. of]);
        Assert.DoesNotContain("ada@acme.example", await OkAsync(["user", "list", .. of]));
        Assert.Contains("(not_found)", await FailAsync(["user", "delete", "ada", .. of]));
    }

    [Fact]
    public async Task Command_CentreRefuses_SaysWhyInOneLine()
    {
        Assert.Contains("(tenant_not_found)", await FailAsync("tenant", "show", "nobody"));
        Assert.Contains("a b", await FailAsync("tenant", "create", "a b"));
        Assert.Contains("90d", await FailAsync("key", "create", "--tenant", "x", "--role", "viewer", "--expires", "soon"));
    }

    [Fact]
    public async Task Command_NoCentre_SaysHowToStartOne()
    {
        var (status, _, error) = await CentreCommand.RunAsync("tenant", "list", "--data", _centre.Data, "--url", $"http://127.0.0.1:{FreePort.Next()}");

        Assert.Equal(1, status);
        Assert.Contains("outrider serve", error);
        Assert.Contains("OUTRIDER_URL", error);
    }

    [Fact]
    public async Task Command_NoPlatformKey_SaysWhereItLooked()
    {
        var (status, _, error) = await CentreCommand.RunAsync("tenant", "list", "--data", Path.Combine(_centre.Data, "none"), "--url", $"{_centre.Url}");

        Assert.Equal(1, status);
        Assert.Contains("platform.key", error);
    }

    private async Task<string> OkAsync(params string[] arguments)
    {
        var (status, output, error) = await CentreCommand.RunAsync([.. arguments, "--data", _centre.Data, "--url", $"{_centre.Url}"]);
        Assert.True(status == 0, error);
        return output;
    }

    private async Task<string> FailAsync(params string[] arguments)
    {
        var (status, _, error) = await CentreCommand.RunAsync([.. arguments, "--data", _centre.Data, "--url", $"{_centre.Url}"]);
        Assert.Equal(1, status);
        return Assert.Single(error.TrimEnd().Split('\n'));
    }
}
