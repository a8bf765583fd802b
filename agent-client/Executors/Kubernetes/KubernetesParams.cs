using System.Text.Json.Serialization;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>The params of a <c>k8s</c> task.</summary>
/// <param name="Operation"><c>create</c>, <c>update</c>, <c>delete</c>, <c>patch</c>, <c>apply</c>; null: create, or update what is there.</param>
/// <param name="Namespace">Of all manifests; null: each one's own, else <c>default</c>.</param>
/// <param name="PatchType"><c>strategic</c>, <c>merge</c> or <c>json</c>.</param>
/// <param name="Context">Of the kubeconfig; null: its current one.</param>
/// <param name="FieldManager">Who the fields belong to.</param>
/// <param name="DryRun">The API server checks all and changes nothing.</param>
/// <param name="Force">For <c>apply</c>: takes fields over from other managers.</param>
internal sealed record KubernetesParams(
    string? Operation = null, string? Namespace = null, string PatchType = "strategic", string? Context = null,
    string FieldManager = KubernetesParams.Manager, bool DryRun = false, bool Force = false)
{
    public const string Manager = "outrider";

    private const int MaxManager = 128;

    /// <summary>The operations that the policy has to allow.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Needed => Operation is { } one ? [one] : ["create", "update"];

    /// <summary>What is wrong with them; null: nothing.</summary>
    public string? Fault() =>
        Operation is not (null or "create" or "update" or "delete" or "patch" or "apply") ? "operation is create, update, delete, patch or apply"
        : PatchType is not ("strategic" or "merge" or "json") ? "patch_type is strategic, merge or json"
        : Namespace is not null && !ManifestNames.IsNamespace(Namespace) ? "namespace is not a name that a namespace can have"
        : FieldManager.Length is 0 or > MaxManager ? $"field_manager is 1 to {MaxManager} characters"
        : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(KubernetesParams))]
internal sealed partial class KubernetesJson : JsonSerializerContext;
