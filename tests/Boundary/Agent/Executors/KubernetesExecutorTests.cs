using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrider.Agent.Executors.Kubernetes;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Kubernetes;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Agent.Executors;

public sealed class KubernetesExecutorTests : IAsyncLifetime
{
    private const string Config = "/api/v1/namespaces/shop/configmaps/c";
    private const string Web = "/apis/apps/v1/namespaces/shop/deployments/web";

    private static readonly KubernetesPolicy s_policy = new(
        Enabled: true, Namespaces: ["default", "shop", "missing"], Kinds: ["*"], Operations: ["create", "update", "delete", "patch", "apply"]);

    private readonly RecordingOutput _output = new();
    private readonly FakeTime _time = new();
    private FakeKubernetes _cluster = null!;

    public async Task InitializeAsync() => _cluster = await FakeKubernetes.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Run_WithoutOperation_CreatesThenUpdates()
    {
        var first = await RunAsync(ConfigMap("a: '1'"));
        var version = _cluster.Find(Config)!["metadata"]!["resourceVersion"]!.ToString();
        var second = await RunAsync(ConfigMap("b: '2'"));

        Assert.Equal(("created", "updated"), (Done(first), Done(second)));
        Assert.Equal("""{"b":"2"}""", _cluster.Find(Config)!["data"]!.ToJsonString());
        Assert.NotEqual(version, second.Result!.Value.GetProperty("objects")[0].GetProperty("object").GetProperty("metadata").GetProperty("resourceVersion").GetString());
        Assert.False(second.Result.Value.GetProperty("objects")[0].GetProperty("object").GetProperty("metadata").TryGetProperty("managedFields", out _));
        Assert.Equal("created ConfigMap shop/c\nupdated ConfigMap shop/c\n", _output.Notes);
    }

    [Fact]
    public async Task Run_Create_OfWhatIsThere_AlreadyExists()
    {
        await RunAsync(ConfigMap("a: '1'"));

        var end = await RunAsync(ConfigMap("a: '2'"), """{"operation": "create"}""");

        Assert.Equal((ProblemCodes.CommandFailed, "AlreadyExists", "ConfigMap shop/c", "409"),
            (end.Problem?.Code, end.Problem?.Details?["reason"], end.Problem?.Details?["object"], end.Problem?.Details?["status"]));
        Assert.Contains("already exists", end.Problem?.Message);
    }

    [Fact]
    public async Task Run_Update_WhileOthersChangeIt_TriesAgain()
    {
        await RunAsync(ConfigMap("a: '1'"));
        _cluster.Interruptions = 3;

        Assert.Null((await RunAsync(ConfigMap("a: '2'"), """{"operation": "update"}""")).Problem);
        Assert.Equal("2", _cluster.Find(Config)!["data"]!["a"]!.ToString());

        _cluster.Interruptions = 100;
        Assert.Equal("Conflict", (await RunAsync(ConfigMap("a: '3'"), """{"operation": "update"}""")).Problem?.Details?["reason"]);
    }

    [Fact]
    public async Task Run_Update_OfOneVersion_IsNotTriedOnAnother()
    {
        await RunAsync(ConfigMap("a: '1'"));

        var end = await RunAsync(ConfigMap("a: '2'").Replace("name: c", "name: c, resourceVersion: '7'"), """{"operation": "update"}""");

        Assert.Equal("Conflict", end.Problem?.Details?["reason"]);
        Assert.Single(_cluster.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("update")]
    [InlineData("patch")]
    [InlineData("delete")]
    public async Task Run_OnWhatIsNotThere_NotFound(string operation) =>
        Assert.Equal("NotFound", (await RunAsync(ConfigMap("a: '1'"), $$"""{"operation": "{{operation}}"}""")).Problem?.Details?["reason"]);

    [Fact]
    public async Task Run_Delete_TakesItAway()
    {
        await RunAsync(ConfigMap("a: '1'"));

        Assert.Equal("deleted", Done(await RunAsync(ConfigMap("a: '1'"), """{"operation": "delete"}""")));
        Assert.Null(_cluster.Find(Config));
    }

    [Fact]
    public async Task Run_Patches_EachOfItsKind()
    {
        await RunAsync(Deployment("1", "image: a:1, env: [{name: A, value: x}]"));

        await RunAsync(Deployment("1", "image: a:2").Replace("selector: {}, ", ""), """{"operation": "patch"}""");
        Assert.Equal("""{"name":"web","image":"a:2","env":[{"name":"A","value":"x"}]}""", Container().ToJsonString());

        await RunAsync("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {replicas: 5}}", """{"operation": "patch", "patch_type": "merge"}""");
        Assert.Equal("5", _cluster.Find(Web)!["spec"]!["replicas"]!.ToString());

        var json = await RunAsync("""
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, patch: [
              {op: test, path: /spec/replicas, value: 5}, {op: replace, path: /spec/replicas, value: 7}, {op: remove, path: /spec/template/spec/containers/0/env}]}
            """, """{"operation": "patch", "patch_type": "json"}""");
        Assert.Equal("patched", Done(json));
        Assert.Equal(("7", """{"name":"web","image":"a:2"}"""), (_cluster.Find(Web)!["spec"]!["replicas"]!.ToString(), Container().ToJsonString()));
    }

    [Fact]
    public async Task Run_Apply_KeepsToItsFieldsAndTakesOthersOnlyByForce()
    {
        await RunAsync(Deployment("1", "image: a:1"), """{"operation": "apply", "field_manager": "other"}""");
        await RunAsync(Deployment("1", "image: a:1").Replace("spec: {", "spec: {paused: true, "), """{"operation": "apply"}""");

        var conflict = await RunAsync(Deployment("2", "image: a:1"), """{"operation": "apply"}""");
        Assert.Equal("Conflict", conflict.Problem?.Details?["reason"]);
        Assert.Contains("other", conflict.Problem?.Message);

        Assert.Equal("applied", Done(await RunAsync(Deployment("2", "image: a:1"), """{"operation": "apply", "force": true}""")));
        Assert.Equal("2", _cluster.Find(Web)!["spec"]!["replicas"]!.ToString());
        // What it no longer applies and nobody else does is gone.
        Assert.Null(_cluster.Find(Web)!["spec"]!["paused"]);
        Assert.Contains(_cluster.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal) && request.Contains("fieldManager=outrider") && request.Contains("force=true"));
    }

    [Fact]
    public async Task Run_DryRun_ChangesNothing()
    {
        Assert.Equal("created", Done(await RunAsync(ConfigMap("a: '1'"), """{"dry_run": true}""")));
        Assert.Null(_cluster.Find(Config));
    }

    [Fact]
    public async Task Run_SeveralManifests_StopsAtTheFirstThatFails()
    {
        var end = await RunAsync(ConfigMap("a: '1'") + """

            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: bad, namespace: shop}, spec: {}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: late, namespace: shop}}
            """);

        Assert.Equal(("Deployment shop/bad", "Invalid", "1"), (end.Problem?.Details?["object"], end.Problem?.Details?["reason"], end.Problem?.Details?["done"]));
        Assert.Contains("spec.selector: Required value", end.Problem?.Message);
        Assert.Equal(1, end.Result?.GetProperty("objects").GetArrayLength());
        Assert.Null(_cluster.Find("/api/v1/namespaces/shop/configmaps/late"));
    }

    [Fact]
    public async Task Run_KindThatTheTaskDefines_IsFoundOnceItIsThere()
    {
        var end = await RunAsync("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: crontabs.stable.example.com}
            spec: {group: stable.example.com, scope: Namespaced, names: {plural: crontabs, kind: CronTab}, versions: [{name: v1}]}
            ---
            {apiVersion: stable.example.com/v1, kind: CronTab, metadata: {name: x, namespace: shop}, spec: {cron: '* * * * *'}}
            """, policy: s_policy with { Cluster = true });

        Assert.Null(end.Problem);
        Assert.NotNull(_cluster.Find("/apis/stable.example.com/v1/namespaces/shop/crontabs/x"));
        var patch = await RunAsync("{apiVersion: stable.example.com/v1, kind: CronTab, metadata: {name: x, namespace: shop}, spec: {cron: a}}", """{"operation": "patch"}""");
        Assert.Equal("UnsupportedMediaType", patch.Problem?.Details?["reason"]);
    }

    [Fact]
    public async Task Run_UnknownKind_SaysSoBeforeAnythingIsTouched()
    {
        var end = await RunAsync(ConfigMap("a: '1'") + "\n---\n{apiVersion: nowhere.example/v1, kind: Thing, metadata: {name: x, namespace: shop}}");

        Assert.Contains("no kind Thing", end.Problem?.Message);
        Assert.Null(_cluster.Find(Config));
    }

    [Fact]
    public async Task Run_ClusterResource_OnlyIfThePolicySaysSo()
    {
        const string ns = "{apiVersion: v1, kind: Namespace, metadata: {name: missing}}";

        Assert.Equal("k8s.cluster", (await RunAsync(ConfigMap("a: '1'") + "\n---\n" + ns)).Problem?.Details?["rule"]);
        Assert.Null(_cluster.Find(Config));
        Assert.Null((await RunAsync(ns, policy: s_policy with { Cluster = true })).Problem);
        Assert.NotNull(_cluster.Find("/api/v1/namespaces/missing"));
    }

    [Fact]
    public async Task Run_ForbiddenAndMissingNamespaces_AreTheApisErrors()
    {
        _cluster.Forbidden.Add("shop");

        Assert.Equal("Forbidden", (await RunAsync(ConfigMap("a: '1'"))).Problem?.Details?["reason"]);
        Assert.Contains("namespaces \"missing\" not found", (await RunAsync(ConfigMap("a: '1'"), """{"namespace": "missing"}""")).Problem?.Message);
    }

    [Fact]
    public async Task Run_SecretWhereItIsAllowed_IsNotInTheResult()
    {
        var end = await RunAsync("{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: shop}, stringData: {a: s3cret}}", policy: s_policy with { DenyKinds = [] });

        Assert.Null(end.Problem);
        Assert.DoesNotContain("s3cret", JsonSerializer.Serialize(end) + _output.Stdout + _output.Notes);
    }

    [Fact]
    public async Task Run_ManyLargeObjects_NamesThoseThatDontFit()
    {
        var manifests = string.Join("\n---\n", Enumerable.Range(0, 30).Select(i =>
            $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: c{i}, namespace: shop}}, data: {{a: '{new string('<', 3_000)}'}}}}"));

        var end = await RunAsync(manifests);

        Assert.Null(end.Problem);
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(end.Result!.Value).Length, 1_000, TaskLimits.ResultBytes);
        Assert.True(end.Result.Value.GetProperty("truncated").GetBoolean());
        Assert.Equal("c29", end.Result.Value.GetProperty("objects")[29].GetProperty("object").GetProperty("metadata").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Run_WrongToken_IsNotKnown()
    {
        var end = await RunAsync(ConfigMap("a: '1'"), access: Access() with { Token = "wr0ng" });

        Assert.Equal("Unauthorized", end.Problem?.Details?["reason"]);
        Assert.DoesNotContain("wr0ng", JsonSerializer.Serialize(end));
    }

    [Fact]
    public async Task Run_ClientCertificate_SignsIn()
    {
        var certificate = KubeconfigFile.ClientCertificate();
        _cluster.Thumbprint = certificate.Thumbprint;

        Assert.Null((await RunAsync(ConfigMap("a: '1'"), access: Access() with { Token = null, Certificate = certificate })).Problem);
    }

    [Fact]
    public async Task Run_ServerOfAnotherAuthorityOrName_IsNotTrusted()
    {
        Outrider.Testing.MariaDb.TestCertificate.Create(out var other);
        var stranger = new X509Certificate2Collection();
        stranger.ImportFromPem(other);

        Assert.Contains("can't be trusted", (await RunAsync(ConfigMap("a: '1'"), access: Access() with { Authorities = stranger })).Problem?.Message);
        Assert.Contains("can't be trusted", (await RunAsync(ConfigMap("a: '1'"), access: Access() with { ServerName = "other.example" })).Problem?.Message);
        Assert.Null((await RunAsync(ConfigMap("a: '1'"), access: Access() with { ServerName = "localhost" })).Problem);
        Assert.Null((await RunAsync(ConfigMap("a: '1'"), access: Access() with { Authorities = stranger, SkipVerify = true })).Problem);
    }

    [Fact]
    public async Task Check_OutsideThePolicy_AsksNobody()
    {
        var executor = new KubernetesExecutor(s_policy, _ => throw new InvalidOperationException("asked"), _time);

        var problem = await executor.CheckAsync(TaskOf(ConfigMap("a: '1'"), """{"namespace": "kube-system"}"""), default);

        Assert.Equal("k8s.namespaces", problem?.Details?["rule"]);
    }

    private static string ConfigMap(string data) => $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: c, namespace: shop}}, data: {{{data}}}}}";

    private static string Deployment(string replicas, string container) =>
        $"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web, namespace: shop}}, spec: {{selector: {{}}, replicas: {replicas}, template: {{spec: {{containers: [{{name: web, {container}}}]}}}}}}}}";

    private static string? Done(TaskComplete end)
    {
        Assert.Null(end.Problem);
        return end.Result?.GetProperty("objects")[0].GetProperty("done").GetString();
    }

    private JsonNode Container() => _cluster.Find(Web)!["spec"]!["template"]!["spec"]!["containers"]![0]!;

    private KubernetesAccess Access()
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(_cluster.Authority);
        return new KubernetesAccess(new Uri(_cluster.Url)) { Authorities = authorities, Token = _cluster.Token };
    }

    private async Task<TaskComplete> RunAsync(string manifests, string json = "{}", KubernetesPolicy? policy = null, KubernetesAccess? access = null)
    {
        var executor = new KubernetesExecutor(policy ?? s_policy, _ => access ?? Access(), _time);
        var task = TaskOf(manifests, json);
        Assert.Null(await executor.CheckAsync(task, default));
        return await executor.RunAsync(task, _output, default);
    }

    private static TaskCreate TaskOf(string manifests, string json) => new()
    {
        TaskId = "t1",
        Type = TaskTypes.Kubernetes,
        Attempt = 1,
        Command = manifests,
        Params = JsonElement.Parse(json),
    };
}
