using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Outrider.Agent.Executors.Kubernetes;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Kubernetes;

namespace Outrider.Tests.Boundary.Agent.Executors;

public sealed class KubeconfigTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-kubeconfig-").FullName;
    private FakeKubernetes _cluster = null!;

    private string Path => System.IO.Path.Combine(_folder, "config");

    private string Authority => $"certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(_cluster.Authority))}";

    public async Task InitializeAsync() => _cluster = await FakeKubernetes.StartAsync();

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Read_Token_SignsIn() => Assert.Null(await TryAsync($"server: '{_cluster.Url}', {Authority}", $"token: {_cluster.Token}"));

    [Fact]
    public async Task Read_FilesBesideIt_AreFoundAndReadAnew()
    {
        File.WriteAllText(System.IO.Path.Combine(_folder, "ca.pem"), _cluster.Authority);
        var token = System.IO.Path.Combine(_folder, "token");
        File.WriteAllText(token, "old");
        File.WriteAllText(Path, KubeconfigFile.With($"server: '{_cluster.Url}', certificate-authority: ca.pem", "tokenFile: token"));
        var access = KubeconfigReader.Read(Path, null, insecure: false).Value!;

        Assert.Equal("Unauthorized", (await TryAsync(access))?.Details?["reason"]);
        File.WriteAllText(token, _cluster.Token + "\n");
        Assert.Null(await TryAsync(access));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_ClientCertificate_SignsIn(bool inline)
    {
        using var certificate = KubeconfigFile.ClientCertificate();
        _cluster.Thumbprint = certificate.Thumbprint;
        var (pem, key) = (certificate.ExportCertificatePem(), certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(System.IO.Path.Combine(_folder, "client.pem"), pem);
        File.WriteAllText(System.IO.Path.Combine(_folder, "client.key"), key);

        Assert.Null(await TryAsync($"server: '{_cluster.Url}', {Authority}", inline
            ? $"client-certificate-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(pem))}, client-key-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(key))}"
            : "client-certificate: client.pem, client-key: client.key"));
    }

    [Fact]
    public async Task Read_ServerName_IsTheOneInTheCertificate()
    {
        Assert.Contains("can't be trusted", (await TryAsync($"server: '{_cluster.Url}', {Authority}, tls-server-name: other.example", $"token: {_cluster.Token}"))?.Message);
        Assert.Null(await TryAsync($"server: '{_cluster.Url}', {Authority}, tls-server-name: localhost", $"token: {_cluster.Token}"));
    }

    [Fact]
    public void Read_Unchecked_OnlyIfThePolicySaysSo()
    {
        File.WriteAllText(Path, KubeconfigFile.With("server: 'https://x:6443', insecure-skip-tls-verify: true", "token: t"));

        Assert.Contains("insecure_tls", KubeconfigReader.Read(Path, null, insecure: false).Problem?.Message);
        Assert.True(KubeconfigReader.Read(Path, null, insecure: true).Value!.SkipVerify);
    }

    [Fact]
    public void Read_Context_IsTheOneNamed()
    {
        File.WriteAllText(Path, KubeconfigFile.With("server: 'https://x:6443'", "token: t"));

        Assert.Null(KubeconfigReader.Read(Path, "anonymous", insecure: false).Value!.Token);
        Assert.Contains("'nowhere'", KubeconfigReader.Read(Path, "nowhere", insecure: false).Problem?.Message);
        Assert.Contains("cluster of context 'broken'", KubeconfigReader.Read(Path, "broken", insecure: false).Problem?.Message);
    }

    [Theory]
    [InlineData("server: 'https://x:6443'", "exec: {command: aws}", "exec")]
    [InlineData("server: 'https://x:6443'", "auth-provider: {name: gcp}", "auth-provider")]
    [InlineData("server: 'https://x:6443'", "username: a, password: s3cret", "password")]
    [InlineData("server: 'https://x:6443'", "token: s3cret, as: admin", "acts as another")]
    [InlineData("server: 'https://x:6443', proxy-url: 'http://p'", "token: s3cret", "proxy-url")]
    [InlineData("server: 'ftp://x'", "token: s3cret", "server is no URL")]
    [InlineData("server: 'https://x:6443', certificate-authority: none.pem", "token: s3cret", "none.pem")]
    [InlineData("server: 'https://x:6443', certificate-authority-data: '***'", "token: s3cret", "can't be used")]
    [InlineData("server: 'https://x:6443'", "client-certificate-data: aGk=", "only one")]
    [InlineData("server: 'https://x:6443'", "client-certificate-data: aGk=, client-key-data: aGk=", "can't be used")]
    [InlineData("server: 'https://x:6443'", "token: s3cret, token: b", "twice")]
    public void Read_WhatCantBeUsed_SaysWhatToChange(string cluster, string user, string said)
    {
        File.WriteAllText(Path, KubeconfigFile.With(cluster, user));

        var problem = KubeconfigReader.Read(Path, null, insecure: false).Problem;

        Assert.Equal(ProblemCodes.ConnectionNotConfigured, problem?.Code);
        Assert.Contains(said, problem?.Message);
        Assert.DoesNotContain("s3cret", problem?.Message);
    }

    [Fact]
    public void Read_NoFile_IsNotConfigured() =>
        Assert.Equal(ProblemCodes.ConnectionNotConfigured, KubeconfigReader.Read(Path, null, insecure: false).Problem?.Code);

    [Fact]
    public async Task ServiceAccount_InAPod_SignsInWithItsToken()
    {
        File.WriteAllText(System.IO.Path.Combine(_folder, "ca.crt"), _cluster.Authority);
        File.WriteAllText(System.IO.Path.Combine(_folder, "token"), _cluster.Token);
        var access = ServiceAccount.Read(name => name switch
        {
            "KUBERNETES_SERVICE_HOST" => "127.0.0.1",
            "KUBERNETES_SERVICE_PORT" => $"{new Uri(_cluster.Url).Port}",
            _ => null,
        }, _folder);

        Assert.Null(await TryAsync(access.Value!));
    }

    [Fact]
    public void ServiceAccount_ElsewhereThanInAPod_IsNotConfigured() =>
        Assert.Equal(ProblemCodes.ConnectionNotConfigured, ServiceAccount.Read(_ => null, _folder).Problem?.Code);

    private async Task<Problem?> TryAsync(string cluster, string user)
    {
        File.WriteAllText(Path, KubeconfigFile.With(cluster, user));
        var access = KubeconfigReader.Read(Path, null, insecure: false);
        return access.Ok ? await TryAsync(access.Value) : access.Problem;
    }

    private static async Task<Problem?> TryAsync(KubernetesAccess access)
    {
        var policy = new KubernetesPolicy(Enabled: true, Namespaces: ["*"], Kinds: ["*"], Operations: ["create", "update"]);
        var end = await new KubernetesExecutor(policy, _ => access, TimeProvider.System).RunAsync(new TaskCreate
        {
            TaskId = "t1",
            Type = TaskTypes.Kubernetes,
            Attempt = 1,
            Command = "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}",
            Params = JsonElement.Parse("{}"),
        }, new RecordingOutput(), default);
        return end.Problem;
    }
}
