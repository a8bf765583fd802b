using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>What the policy says of manifests. Whether a kind is in a namespace only the cluster knows, so that is asked once it has told.</summary>
internal static class KubernetesRules
{
    /// <summary>Why they may not be used, before the cluster was asked; null: nothing refuses them yet.</summary>
    public static Problem? Refusal(IReadOnlyList<Manifest> manifests, KubernetesParams given, KubernetesPolicy policy)
    {
        if (given.Needed.FirstOrDefault(operation => policy.Operations?.Contains(operation) != true) is { } operation)
            return PolicyRefusal.Because("k8s.operations", $"This agent's policy doesn't let tasks {operation} objects.");
        if (given.Context is { } context && policy.Contexts?.Contains(context) != true)
            return PolicyRefusal.Because("k8s.contexts", $"The context {context} is not one that this agent's policy lets tasks name.");
        return manifests.Select(manifest => Refusal(manifest, given.Operation == "delete", policy)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Why an object may not be used, now that the cluster told where its kind belongs; null: it may.</summary>
    public static Problem? ScopeRefusal(Manifest manifest, bool namespaced, KubernetesPolicy policy)
    {
        if (namespaced)
            return policy.Allows(manifest.Namespace) ? null : BadNamespace(manifest.Namespace);
        if (!policy.Cluster)
            return PolicyRefusal.Because("k8s.cluster", $"{manifest.Title(namespaced: false)} is in no namespace, and this agent's policy lets tasks touch only what is in one.");
        return manifest is { Group: "", Kind: "Namespace", Name: { } ns } && !policy.Allows(ns) ? BadNamespace(ns) : null;
    }

    private static Problem? Refusal(Manifest manifest, bool deletes, KubernetesPolicy policy)
    {
        if (policy.RuleAgainst(manifest.Kind, manifest.Group) is { } rule)
            return PolicyRefusal.Because(rule, $"{manifest.Kind} is not a kind that this agent's policy lets tasks touch.");
        if (!policy.Privileged && !deletes && PodEscapes.In(manifest) is { } place)
            return PolicyRefusal.Because("k8s.privileged", $"{manifest.Kind} {manifest.Name}: this agent's policy doesn't let pods leave their container ({place}).");
        // Where kinds without a namespace are allowed, this may be one.
        return policy.Cluster || policy.Allows(manifest.Namespace) ? null : BadNamespace(manifest.Namespace);
    }

    private static Problem BadNamespace(string ns) =>
        PolicyRefusal.Because("k8s.namespaces", $"The namespace {ns} is not one that this agent's policy lets tasks touch.");
}
