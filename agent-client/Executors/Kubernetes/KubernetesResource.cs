namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>How the API names a kind.</summary>
/// <param name="Root">Its group and version's path, such as <c>/apis/apps/v1</c>.</param>
/// <param name="Plural">Such as <c>deployments</c>.</param>
/// <param name="Namespaced">Whether its objects are in a namespace.</param>
internal sealed record KubernetesResource(string Root, string Plural, bool Namespaced)
{
    public static string RootOf(string group, string version) => group.Length == 0 ? $"/api/{version}" : $"/apis/{group}/{version}";

    /// <summary>The path of its objects, or with a name of one.</summary>
    public string Path(string ns, string? name = null) =>
        $"{Root}{(Namespaced ? $"/namespaces/{ns}" : "")}/{Plural}{(name is null ? "" : "/" + Uri.EscapeDataString(name))}";
}
