using Outrider.Agent.Executors.Kubernetes;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Executors;

public sealed class ManifestTests
{
    private static readonly KubernetesPolicy s_policy = new(
        Enabled: true, Namespaces: ["default", "shop-*"], Kinds: ["*"], Operations: ["create", "update", "patch", "delete", "apply"]);

    private static readonly KubernetesParams s_apply = new("apply");

    [Fact]
    public void Read_ValuesOfYaml_AreWhatKubernetesReads()
    {
        const string yaml = """
            octal: 0644
            octal2: 0o17
            hex: 0x1F
            decimal: -12
            float: 1.5e3
            big: 123456789012345678901234567890
            yes: "yes"
            quoted: '012'
            tagged: !!str 5
            none:
            tilde: ~
            truth: true
            text: a: b
            """;
        var json = YamlDocuments.Read(yaml.Replace("text: a: b", "text: 12:30:45")).Value!.Single();

        Assert.Equal("""{"octal":420,"octal2":15,"hex":31,"decimal":-12,"float":1500,"big":123456789012345678901234567890,"yes":"yes","quoted":"012","tagged":"5","none":null,"tilde":null,"truth":true,"text":"12:30:45"}""",
            json.ToJsonString());
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x")]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]")]
    [InlineData("a: {b: 1}\nc:\n  <<: {b: 2}")]
    [InlineData("a: 1\na: 2")]
    [InlineData("a: {b: 1, b: 1}")]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    [InlineData("a: yes")]
    [InlineData("a: off")]
    [InlineData("a: .inf")]
    [InlineData("a: !!binary aGk=")]
    [InlineData("a: !custom 1")]
    [InlineData("[a, b]: 1")]
    [InlineData("a: [")]
    [InlineData("a: !![")]
    public void Read_WhatCanBeReadTwice_IsRefused(string yaml) => Assert.Equal(ProblemCodes.InvalidArgument, YamlDocuments.Read(yaml).Problem?.Code);

    [Fact]
    public void Read_DeepNesting_IsRefusedAndNotExpanded() =>
        Assert.Contains("levels", YamlDocuments.Read(new string('[', 60_000)).Problem!.Message);

    [Fact]
    public void ReadAll_SeveralDocumentsAndAList_AreOneObjectEach()
    {
        var manifests = Manifest.ReadAll("""
            # a comment
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: one, namespace: shop-a}
            ---
            ---
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "two"}}
            ---
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: Secret, metadata: {name: three}}
            """, s_apply).Value!;

        Assert.Equal(["ConfigMap shop-a/one", "Deployment default/two", "Secret default/three"], manifests.Select(manifest => manifest.Title(namespaced: true)));
        Assert.Equal(("apps", "v1"), (manifests[1].Group, manifests[1].Version));
    }

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("kind: Pod\nmetadata: {name: x}")]
    [InlineData("apiVersion: v1\nmetadata: {name: x}")]
    [InlineData("apiVersion: v1\nkind: Pod")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {}")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: ../../nodes/a}")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: a/exec}")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: a?dryRun=All}")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: a%2fexec}")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: ../kube-system}")]
    [InlineData("apiVersion: ../v1\nkind: Pod\nmetadata: {name: x}")]
    [InlineData("apiVersion: apps/v1/deployments\nkind: Pod\nmetadata: {name: x}")]
    [InlineData("apiVersion: v1\nkind: Pod/exec\nmetadata: {name: x}")]
    public void ReadAll_NoManifest_IsInvalid(string yaml) => Assert.Equal(ProblemCodes.InvalidArgument, Manifest.ReadAll(yaml, s_apply).Problem?.Code);

    [Theory]
    [InlineData("Secret", "v1", "k8s.deny_kinds")]
    [InlineData("secret", "v1", "k8s.deny_kinds")]
    [InlineData("ClusterRoleBinding", "rbac.authorization.k8s.io/v1", "k8s.deny_kinds")]
    [InlineData("RoleBinding", "rbac.authorization.k8s.io/v1", "k8s.deny_kinds")]
    [InlineData("ValidatingWebhookConfiguration", "admissionregistration.k8s.io/v1", "k8s.deny_kinds")]
    [InlineData("Job", "batch/v1", "k8s.kinds")]
    [InlineData("Rollout", "other.example/v1", "k8s.kinds")]
    [InlineData("Rollout", "argoproj.io/v1alpha1", null)]
    [InlineData("Deployment", "apps/v1", null)]
    public void Refusal_Kind_ByThePolicysLists(string kind, string version, string? rule)
    {
        var policy = s_policy with { Kinds = ["Deployment", "Secret", "Cluster*", "Role*.rbac.authorization.k8s.io", "*WebhookConfiguration", "Rollout.argoproj.io"] };

        Assert.Equal(rule, Rule($"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: x}}", policy));
    }

    [Theory]
    [InlineData("default", null)]
    [InlineData("shop-a", null)]
    [InlineData("kube-system", "k8s.namespaces")]
    public void Refusal_Namespace_ByThePolicysList(string ns, string? rule) =>
        Assert.Equal(rule, Rule($"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: x, namespace: {ns}}}", s_policy));

    [Fact]
    public void Refusal_NothingListed_RefusesAll() =>
        Assert.Equal("k8s.operations", Rule("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}", new KubernetesPolicy(Enabled: true)));

    [Fact]
    public void ScopeRefusal_ClusterKinds_NeedToBeAllowedAndANamespaceListed()
    {
        var manifest = Manifest.ReadAll("apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system}", s_apply).Value!.Single();

        Assert.Equal("k8s.cluster", KubernetesRules.ScopeRefusal(manifest, namespaced: false, s_policy)?.Details?["rule"]);
        Assert.Equal("k8s.namespaces", KubernetesRules.ScopeRefusal(manifest, namespaced: false, s_policy with { Cluster = true })?.Details?["rule"]);
        Assert.Null(KubernetesRules.ScopeRefusal(manifest, namespaced: false, s_policy with { Cluster = true, Namespaces = ["*"] }));
    }

    [Theory]
    [InlineData("spec: {template: {spec: {hostNetwork: true}}}")]
    [InlineData("spec: {template: {spec: {hostPID: true}}}")]
    [InlineData("spec: {jobTemplate: {spec: {template: {spec: {hostIPC: true}}}}}")]
    [InlineData("spec: {template: {spec: {volumes: [{name: x, hostPath: {path: /}}]}}}")]
    [InlineData("spec: {template: {spec: {containers: [{securityContext: {privileged: true}}]}}}")]
    [InlineData("spec: {template: {spec: {initContainers: [{securityContext: {privileged: true}}]}}}")]
    [InlineData("spec: {template: {spec: {containers: [{securityContext: {capabilities: {add: [SYS_ADMIN]}}}]}}}")]
    [InlineData("spec: {template: {spec: {containers: [{securityContext: {capabilities: {add: [ALL]}}}]}}}")]
    [InlineData("spec: {template: {spec: {containers: [{securityContext: {procMount: Unmasked}}]}}}")]
    [InlineData("spec: {template: {spec: {containers: [{securityContext: {seccompProfile: {type: Unconfined}}}]}}}")]
    [InlineData("spec: {template: {spec: {containers: [{ports: [{hostPort: 80}]}]}}}")]
    [InlineData("spec: {template: {spec: {securityContext: {windowsOptions: {hostProcess: true}}}}}")]
    [InlineData("spec: {template: {spec: {securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}]}}}}")]
    [InlineData("anything: {deep: [{podSpec: {hostNetwork: true}}]}")]
    [InlineData("patch: []\nspec: {hostNetwork: true}")]
    [InlineData("patch: [{op: add, path: /spec/template/spec/hostNetwork, value: true}]")]
    [InlineData("patch: [{op: replace, path: /spec/template/spec, value: {hostPID: true}}]")]
    [InlineData("patch: [{op: add, path: /spec/template/spec/containers/0/securityContext/capabilities/add/-, value: SYS_ADMIN}]")]
    [InlineData("patch: [{op: add, path: /spec/template/spec/volumes/-, value: {name: x, hostPath: {path: /}}}]")]
    [InlineData("patch: [{op: copy, from: /metadata/annotations/x, path: /spec/template/spec/hostNetwork}]")]
    public void Refusal_PodThatLeavesItsContainer_IsRefused(string yaml)
    {
        var text = "apiVersion: example.com/v1\nkind: Anything\nmetadata: {name: x}\n" + yaml;

        Assert.Equal("k8s.privileged", Rule(text, s_policy));
        Assert.Null(Rule(text, s_policy with { Privileged = true }));
    }

    [Theory]
    [InlineData("spec: {template: {spec: {hostNetwork: false, containers: [{securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}}]}}}")]
    [InlineData("spec: {template: {spec: {securityContext: {seccompProfile: {type: RuntimeDefault}}}}}")]
    [InlineData("patch: [{op: replace, path: /spec/replicas, value: 3}, {op: remove, path: /spec/template/spec/hostNetwork}]")]
    public void Refusal_OrdinaryPod_IsNot(string yaml) =>
        Assert.Null(Rule("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n" + yaml, s_policy));

    private static string? Rule(string yaml, KubernetesPolicy policy) =>
        KubernetesRules.Refusal(Manifest.ReadAll(yaml, s_apply).Value!, s_apply, policy)?.Details?["rule"];
}
