using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Outrider.Agent.Executors.Elasticsearch;
using Outrider.Agent.Executors.Kubernetes;
using Outrider.Agent.Http;
using Outrider.Agent.Policy;
using Outrider.Protocol.Tasks;
using Outrider.Tests.Pure.Fuzzing;

namespace Outrider.Tests.Pure.Executors;

/// <summary>Whatever the centre sends: reading it ends, and throws nothing.</summary>
public sealed partial class ExecutorFuzzTests
{
    private const int Rounds = 20_000;

    [Theory]
    [InlineData("https://api.example.com:8443/v1?x=1")]
    [InlineData("http://[fd00:1::5]:9200/a/b")]
    [InlineData("http://user@10.1.2.3#@x\\y:80/")]
    public void HttpUrl_MutatedText_OneHostOrNone(string url)
    {
        foreach (var text in Mutated(url, seed: 11))
        {
            if (HttpUrl.Parse(text).Value is not { } read)
                continue;
            var plain = Plain().Match(text);
            Assert.True(plain.Success, text);
            Assert.Equal(plain.Groups[1].Value.Trim('[', ']').ToLowerInvariant(), System.Net.IPAddress.TryParse(read.IdnHost, out _)
                ? plain.Groups[1].Value.Trim('[', ']').ToLowerInvariant()
                : read.IdnHost);
        }
    }

    [Theory]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: x\n  namespace: shop\nspec:\n  a: &x [1, 2.5, 0644, yes]\n  b: *x\n---\nkind: List\nitems: [{}]\n")]
    [InlineData("{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"x\"}, \"spec\": {\"hostNetwork\": false, \"volumes\": [{\"hostPath\": null}]}}")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\npatch: [{op: add, path: /a/b~1c/-, value: {x: 1}}]\ntext: |\n  a\n  b\n? key\n: !!str 5\n")]
    public void Manifests_MutatedText_AreReadWithinTheirSizeOrRefused(string yaml)
    {
        var policy = new KubernetesPolicy(Enabled: true, Namespaces: ["*"], Kinds: ["*"], Operations: ["create", "update"]);
        foreach (var text in Mutated(yaml, seed: 12))
        {
            if (Manifest.ReadAll(text, new KubernetesParams()).Value is not { } manifests)
                continue;
            KubernetesRules.Refusal(manifests, new KubernetesParams(), policy);
            Assert.True(manifests.Sum(manifest => Count(manifest.Object)) <= 2 * text.Length, text);
        }
    }

    [Fact]
    public void ElasticsearchCommands_MutatedText_AreReadOrRefused()
    {
        var policy = new ElasticsearchPolicy(Enabled: true, Write: true, DeleteByQuery: true, Indices: ["*"]);
        foreach (var text in Mutated("""{"operation": "bulk", "index": "a", "actions": [{"index": {"_index": "b", "_id": "1"}}, {"x": [1]}, {"delete": {}}]}""", seed: 13))
            ElasticsearchRequest.Read(new TaskCreate { TaskId = "t1", Type = TaskTypes.Elasticsearch, Command = text }, policy);
    }

    private static IEnumerable<string> Mutated(string text, int seed)
    {
        var mutator = new Mutator(seed);
        var valid = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < Rounds; i++)
            yield return (i % 2 == 0 ? Encoding.UTF8 : Encoding.Latin1).GetString(mutator.Mutate(valid));
    }

    private static int Count(JsonNode? node) => 1 + node switch
    {
        JsonObject json => json.Sum(member => 1 + Count(member.Value)),
        JsonArray list => list.Sum(Count),
        _ => 0,
    };

    [GeneratedRegex(@"\Ahttps?://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?([/?][\x21-\x7e]*)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Plain();
}
