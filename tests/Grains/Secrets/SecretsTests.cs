using System.Text;
using Outrider.Grains.Secrets;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;
using Outrider.Silo.Embedded;
using Outrider.Silo.Hosting;
using Outrider.Testing.Hosting;
using SecretsGrain = Outrider.Grains.Secrets.Secrets;

namespace Outrider.Tests.Grains.Secrets;

public sealed class SecretsTests : IAsyncLifetime
{
    private SecretSealer _sealer = Sealer(1);
    private TestHost _host = null!;

    private ISecrets Secrets => _host.Host.Grains.Get<ISecrets>("acme");

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(
        new GrainRegistry().Add<ISecrets>("secrets", a => new SecretsGrain(a.Context, a.State<SecretsState>(), _sealer)));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Set_ThenCrash_IsReadAndStandsNowhereInTheOpen()
    {
        Assert.True((await Secrets.SetAsync("token", "s3cret-value")).Ok);
        await _host.CrashAsync();

        Assert.Equal(new() { ["token"] = "s3cret-value" }, await Secrets.ReadAsync(["token", "other"]));
        Assert.Equal(["token"], (await Secrets.ListAsync()).Select(secret => secret.Name));
        var stored = (await _host.States.ReadAsync("secrets", "acme", default))!.State;
        Assert.DoesNotContain("s3cret", Encoding.UTF8.GetString(stored));
    }

    [Fact]
    public async Task Read_UnderAnotherPlatformKey_IsNotThere()
    {
        await Secrets.SetAsync("token", "value");
        _sealer = Sealer(2);
        await _host.CrashAsync();

        Assert.Empty(await Secrets.ReadAsync(["token"]));
    }

    [Fact]
    public async Task Set_Again_ReplacesAndDeleteEnds()
    {
        await Secrets.SetAsync("token", "old");
        await Secrets.SetAsync("token", "new");
        Assert.Equal("new", (await Secrets.ReadAsync(["token"]))["token"]);

        Assert.True((await Secrets.DeleteAsync("token")).Ok);
        Assert.Equal(ProblemCodes.SecretNotFound, (await Secrets.DeleteAsync("token")).Problem!.Code);
        Assert.Empty(await Secrets.ListAsync());
    }

    [Theory]
    [InlineData("", "v")]
    [InlineData("a b", "v")]
    [InlineData("a}", "v")]
    [InlineData("a\n", "v")]
    [InlineData("a", "")]
    public async Task Set_WhatCantBe_IsRefused(string name, string value) =>
        Assert.Equal(ProblemCodes.InvalidArgument, (await Secrets.SetAsync(name, value)).Problem!.Code);

    [Fact]
    public async Task Set_BeyondTheBounds_IsRefused()
    {
        Assert.Equal(ProblemCodes.InvalidArgument, (await Secrets.SetAsync("a", new string('ü', SecretsGrain.MaxBytes / 2 + 1))).Problem!.Code);
        for (var i = 0; i < SecretsGrain.MaxCount; i++)
            Assert.True((await Secrets.SetAsync($"s{i}", "v")).Ok);
        Assert.Equal(ProblemCodes.QuotaExceeded, (await Secrets.SetAsync("more", "v")).Problem!.Code);
        Assert.True((await Secrets.SetAsync("s0", "w")).Ok);
    }

    [Fact]
    public void Open_MovedOrChanged_IsNull()
    {
        var value = _sealer.Seal("acme", "token", "value");
        Assert.Equal("value", _sealer.Open("acme", "token", value));
        Assert.Null(_sealer.Open("globex", "token", value));
        Assert.Null(_sealer.Open("acme", "other", value));
        Assert.Null(_sealer.Open("acme", "token", value[..10]));
        value[^1] ^= 1;
        Assert.Null(_sealer.Open("acme", "token", value));
    }

    private static SecretSealer Sealer(byte seed) => new(Credential.Create(CredentialKind.Platform, "", "", Enumerable.Repeat(seed, 32).ToArray()));
}
