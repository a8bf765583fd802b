using System.Globalization;
using System.Text.Json.Nodes;

namespace Outrider.Testing.Kubernetes;

/// <summary>The objects of a cluster that is only in memory, with versions and the managers of fields, as an API server keeps them.</summary>
internal sealed class KubernetesStore
{
    private readonly Dictionary<string, JsonObject> _objects = [];
    private readonly Dictionary<string, Dictionary<string, HashSet<string>>> _managers = [];
    private int _version = 100;

    /// <summary>Group and version → kinds: name, kind, whether in a namespace.</summary>
    public Dictionary<string, List<(string Plural, string Kind, bool Namespaced)>> Kinds { get; } = new()
    {
        ["/api/v1"] =
        [
            ("namespaces", "Namespace", false), ("namespaces/status", "Namespace", false), ("configmaps", "ConfigMap", true), ("secrets", "Secret", true),
            ("services", "Service", true), ("pods", "Pod", true), ("pods/exec", "PodExecOptions", true),
        ],
        ["/apis/apps/v1"] = [("deployments", "Deployment", true), ("deployments/scale", "Scale", true)],
        ["/apis/apiextensions.k8s.io/v1"] = [("customresourcedefinitions", "CustomResourceDefinition", false)],
        ["/apis/rbac.authorization.k8s.io/v1"] = [("clusterroles", "ClusterRole", false)],
    };

    public JsonObject? Find(string path) => _objects.GetValueOrDefault(path);

    public JsonObject Get(string path) => Find(path) ?? throw NotFound(path);

    public JsonObject Create(string collection, JsonObject given, string manager, bool dryRun)
    {
        var json = (JsonObject)given.DeepClone();
        var metadata = (JsonObject)json["metadata"]!;
        metadata["name"] ??= metadata["generateName"] + "x7k2p";
        var path = $"{collection}/{metadata["name"]}";
        if (_objects.ContainsKey(path))
            throw new KubernetesErrorException(409, "AlreadyExists", $"{Describe(path)} already exists");
        Validate(json, path);
        metadata["uid"] = Guid.NewGuid().ToString();
        return Keep(path, json, manager, [.. FieldPaths.Of(json).Keys], dryRun);
    }

    public JsonObject Replace(string path, JsonObject given, string manager, bool dryRun)
    {
        var there = Get(path);
        var json = (JsonObject)given.DeepClone();
        if (json["metadata"]!["resourceVersion"] is { } version && version.ToString() != there["metadata"]!["resourceVersion"]!.ToString())
            throw Changed(path);
        Validate(json, path);
        json["metadata"]!["uid"] = there["metadata"]!["uid"]!.DeepClone();
        return Keep(path, json, manager, Differing(there, json), dryRun);
    }

    public JsonObject Patch(string path, JsonNode patch, string type, string manager, bool dryRun)
    {
        var there = Get(path);
        var json = (JsonObject)there.DeepClone();
        if (patch is JsonObject merge)
        {
            if (merge["metadata"]?["resourceVersion"] is { } version && version.ToString() != there["metadata"]!["resourceVersion"]!.ToString())
                throw Changed(path);
            FieldPaths.Merge(json, merge, namedItems: type.Contains("strategic"));
        }
        else
        {
            foreach (var operation in patch.AsArray().OfType<JsonObject>())
                JsonPatch(json, operation);
        }
        Validate(json, path);
        return Keep(path, json, manager, Differing(there, json), dryRun);
    }

    public JsonObject Apply(string collection, string name, JsonObject given, string manager, bool force, bool dryRun)
    {
        var path = $"{collection}/{name}";
        if (Find(path) is not { } there)
            return Create(collection, given, manager, dryRun);
        var wanted = FieldPaths.Of(given);
        var live = FieldPaths.Of(there);
        var managers = _managers[path];
        foreach (var (other, owned) in managers.Where(entry => entry.Key != manager))
        {
            var conflicts = wanted.Where(field => owned.Contains(field.Key) && live.GetValueOrDefault(field.Key) != field.Value).Select(field => field.Key).ToList();
            if (conflicts.Count > 0 && !force)
            {
                throw new KubernetesErrorException(409, "Conflict",
                    $"Apply failed with {conflicts.Count} conflict: conflict with \"{other}\": {string.Join(", ", conflicts).Replace('/', '.')}");
            }
            if (!dryRun)
                owned.ExceptWith(conflicts);
        }
        var json = (JsonObject)there.DeepClone();
        FieldPaths.Merge(json, given, namedItems: true);
        foreach (var gone in managers.GetValueOrDefault(manager, []).Where(field => !wanted.ContainsKey(field)
            && !managers.Any(other => other.Key != manager && other.Value.Contains(field))))
            FieldPaths.Remove(json, gone);
        Validate(json, path);
        if (!dryRun)
            managers[manager] = [];
        return Keep(path, json, manager, [.. wanted.Keys], dryRun);
    }

    public void Delete(string path, bool dryRun)
    {
        Get(path);
        if (!dryRun)
            _objects.Remove(path);
    }

    /// <summary>Changes an object as another client would, in between.</summary>
    public void Touch(string path) => Get(path)["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);

    public static KubernetesErrorException NotFound(string path) => new(404, "NotFound", $"{Describe(path)} not found");

    private static KubernetesErrorException Changed(string path) => new(409, "Conflict",
        $"Operation cannot be fulfilled on {Describe(path)}: the object has been modified; please apply your changes to the latest version and try again");

    private JsonObject Keep(string path, JsonObject json, string manager, HashSet<string> fields, bool dryRun)
    {
        var metadata = (JsonObject)json["metadata"]!;
        metadata["managedFields"] = new JsonArray(new JsonObject { ["manager"] = manager, ["operation"] = "Update" });
        if (dryRun)
            return json;
        metadata["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        _objects[path] = json;
        var managers = _managers.TryGetValue(path, out var known) ? known : _managers[path] = [];
        (managers.TryGetValue(manager, out var own) ? own : managers[manager] = []).UnionWith(fields);
        if (json["kind"]!.ToString() == "CustomResourceDefinition")
            Define((JsonObject)json["spec"]!);
        return (JsonObject)json.DeepClone();
    }

    private void Define(JsonObject spec)
    {
        foreach (var version in spec["versions"]!.AsArray())
        {
            Kinds[$"/apis/{spec["group"]}/{version!["name"]}"] =
                [(spec["names"]!["plural"]!.ToString(), spec["names"]!["kind"]!.ToString(), spec["scope"]!.ToString() == "Namespaced")];
        }
    }

    private static HashSet<string> Differing(JsonObject before, JsonObject after)
    {
        var old = FieldPaths.Of(before);
        return [.. FieldPaths.Of(after).Where(field => old.GetValueOrDefault(field.Key) != field.Value).Select(field => field.Key)];
    }

    private static void Validate(JsonObject json, string path)
    {
        if (json["kind"]!.ToString() == "Deployment" && json["spec"]?["selector"] is null)
            throw new KubernetesErrorException(422, "Invalid", $"Deployment.apps \"{json["metadata"]!["name"]}\" is invalid: spec.selector: Required value");
        if (json["kind"]!.ToString() == "ConfigMap" && json.Any(member => member.Key is not ("apiVersion" or "kind" or "metadata" or "data" or "binaryData" or "immutable")))
            throw new KubernetesErrorException(400, "BadRequest", $"strict decoding error: unknown field in {Describe(path)}");
    }

    private static void JsonPatch(JsonObject json, JsonObject operation)
    {
        var parts = operation["path"]!.ToString().Split('/').Skip(1).ToArray();
        JsonNode node = json;
        foreach (var part in parts[..^1])
            node = node is JsonArray list ? list[int.Parse(part)]! : node[part] ?? throw new KubernetesErrorException(422, "Invalid", "the server rejected our request due to an error in our request");
        switch (operation["op"]!.ToString())
        {
            case "remove":
                ((JsonObject)node).Remove(parts[^1]);
                break;
            case "test" when node[parts[^1]]?.ToJsonString() != operation["value"]?.ToJsonString():
                throw new KubernetesErrorException(422, "Invalid", "the server rejected our request due to an error in our request");
            case "add" or "replace":
                node[parts[^1]] = operation["value"]?.DeepClone();
                break;
        }
    }

    private static string Describe(string path) => path.Split('/') is [.., var plural, var name] ? $"{plural} \"{name}\"" : path;
}
