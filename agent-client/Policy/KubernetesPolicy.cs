using Outrider.Protocol.Credentials;

namespace Outrider.Agent.Policy;

/// <summary>The policy for Kubernetes. What isn't listed isn't allowed; in lists of patterns <c>*</c> stands for any characters.</summary>
/// <param name="Enabled">Whether tasks may use it.</param>
/// <param name="Namespaces">Patterns of namespaces; null: none.</param>
/// <param name="Kinds">Patterns of kinds, such as <c>Deployment</c> or, with the group, <c>Rollout.argoproj.io</c>; null: none.</param>
/// <param name="Operations"><c>create</c>, <c>update</c>, <c>delete</c>, <c>patch</c>, <c>apply</c>; null: none.</param>
/// <param name="DenyKinds">Kinds that may not be touched though <paramref name="Kinds"/> lists them; null: <see cref="DeniedByDefault"/>.</param>
/// <param name="Cluster">Whether resources without a namespace may be touched.</param>
/// <param name="Privileged">Whether pods may leave their container: host paths, host networks, privileges, …</param>
/// <param name="Kubeconfig">The file that says where the cluster is and who we are; null: the pod's own service account.</param>
/// <param name="Contexts">Contexts of it that a task may name; null: only the current one is used.</param>
/// <param name="InsecureTls">Whether a kubeconfig may say that the server's certificate isn't checked.</param>
public sealed record KubernetesPolicy(
    bool Enabled = false,
    IReadOnlyList<string>? Namespaces = null,
    IReadOnlyList<string>? Kinds = null,
    IReadOnlyList<string>? Operations = null,
    IReadOnlyList<string>? DenyKinds = null,
    bool Cluster = false,
    bool Privileged = false,
    string? Kubeconfig = null,
    IReadOnlyList<string>? Contexts = null,
    bool InsecureTls = false)
{
    /// <summary>What holds secrets, gives rights, or makes the API server ask or trust somebody else.</summary>
    public static IReadOnlyList<string> DeniedByDefault { get; } =
    [
        "Secret", "Role", "RoleBinding", "ClusterRole*", "*WebhookConfiguration", "ValidatingAdmissionPolicy*", "MutatingAdmissionPolicy*",
        "APIService", "CertificateSigningRequest", "PersistentVolume", "Node", "TokenReview",
    ];

    internal static readonly string[] Known = ["create", "update", "delete", "patch", "apply"];

    /// <summary>Whether a namespace is listed.</summary>
    internal bool Allows(string ns) => Namespaces?.Any(pattern => Names.Matches(pattern, ns)) == true;

    /// <summary>The rule that refuses a kind; null: none does.</summary>
    internal string? RuleAgainst(string kind, string group)
    {
        bool IsListed(IReadOnlyList<string>? patterns) => patterns?.Any(pattern => Fits(pattern, kind) || Fits(pattern, $"{kind}.{group}")) == true;
        return IsListed(DenyKinds ?? DeniedByDefault) ? "k8s.deny_kinds" : IsListed(Kinds) ? null : "k8s.kinds";
    }

    internal string? Fault() =>
        Operations?.FirstOrDefault(operation => !Known.Contains(operation)) is { } unknown
            ? $"k8s.operations has '{unknown}'; known are {string.Join(", ", Known)}"
        : Kubeconfig is { } file && !Path.IsPathFullyQualified(file) ? "k8s.kubeconfig must be a full path"
        : Contexts is not null && Kubeconfig is null ? "k8s.contexts are those of a kubeconfig, and there is no k8s.kubeconfig"
        : null;

    private static bool Fits(string pattern, string name) => Names.Matches(pattern.ToLowerInvariant(), name.ToLowerInvariant());
}
