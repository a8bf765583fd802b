using System.Text.Json.Nodes;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>One object as a task has it.</summary>
/// <param name="Object">All of it.</param>
/// <param name="Group">Such as <c>apps</c>; empty: the core.</param>
/// <param name="Version">Such as <c>v1</c>.</param>
/// <param name="Kind">Such as <c>Deployment</c>.</param>
/// <param name="Name">Null: the API server makes one from <c>generateName</c>.</param>
/// <param name="Namespace">Where it is, if its kind is in a namespace.</param>
internal sealed record Manifest(JsonObject Object, string Group, string Version, string Kind, string? Name, string Namespace)
{
    private const int MaxObjects = 100;
    private const string DefaultNamespace = "default";

    /// <summary>The version that the manifest wants to change, and no later one; null: whichever there is.</summary>
    public string? ResourceVersion => Metadata(Object)?["resourceVersion"].Text();

    /// <summary>All objects in a text; the items of a list are objects of their own. <c>invalid_argument</c>.</summary>
    public static Outcome<List<Manifest>> ReadAll(string? text, KubernetesParams given)
    {
        var documents = YamlDocuments.Read(text ?? "");
        if (!documents.Ok)
            return documents.Problem;
        var manifests = new List<Manifest>();
        foreach (var document in documents.Value.SelectMany(Items))
        {
            if (manifests.Count == MaxObjects)
                return Fault($"there are more than {MaxObjects} objects");
            var manifest = Read(document, given);
            if (!manifest.Ok)
                return Fault($"of manifest {manifests.Count + 1}, {manifest.Problem.Message}");
            manifests.Add(manifest.Value);
        }
        return manifests.Count > 0 ? manifests : Fault("there is none in command");
    }

    /// <summary>How messages name it.</summary>
    public string Title(bool namespaced) => $"{Kind} {(namespaced ? Namespace + "/" : "")}{Name ?? Metadata(Object)?["generateName"].Text() + "…"}";

    private static Outcome<Manifest> Read(JsonNode document, KubernetesParams given)
    {
        if (document is not JsonObject json)
            return Fault("it is no object");
        if (json["apiVersion"].Text() is not { } version || !ManifestNames.IsApiVersion(version))
            return Fault("apiVersion is missing or isn't a version such as apps/v1");
        if (json["kind"].Text() is not { } kind || !ManifestNames.IsKind(kind))
            return Fault("kind is missing or isn't a kind such as Deployment");
        if (Metadata(json) is not { } metadata)
            return Fault("metadata is missing");
        var name = metadata["name"].Text();
        if (name is null ? given.Operation is not (null or "create") || metadata["generateName"].Text() is null : !ManifestNames.IsName(name))
            return Fault("metadata.name is missing or can't be a name");
        var ns = given.Namespace ?? (metadata["namespace"] is null ? DefaultNamespace : metadata["namespace"].Text());
        if (ns is null || !ManifestNames.IsNamespace(ns))
            return Fault("metadata.namespace can't be a namespace");
        if (given is { Operation: "patch", PatchType: "json" } && json["patch"] is not JsonArray)
            return Fault("patch, the list of a JSON patch's operations, is missing");
        var slash = version.IndexOf('/', StringComparison.Ordinal);
        return new Manifest(json, slash < 0 ? "" : version[..slash], version[(slash + 1)..], kind, name, ns);
    }

    private static IEnumerable<JsonNode> Items(JsonNode document) =>
        document is JsonObject list && list["kind"].Text() == "List" && list["items"] is JsonArray items ? items.OfType<JsonNode>() : [document];

    private static JsonObject? Metadata(JsonObject json) => json["metadata"] as JsonObject;

    private static Problem Fault(string why) => new(ProblemCodes.InvalidArgument, why);
}
