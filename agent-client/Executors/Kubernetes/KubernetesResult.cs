using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>Collects what was done, for the result: the objects, without what is secret or only noise.</summary>
internal sealed class KubernetesResult
{
    private readonly List<(string Done, JsonObject Object)> _done = [];

    public int Count => _done.Count;

    /// <summary>Adds an object. Returns it as it may be shown.</summary>
    public JsonObject Add(string done, JsonObject given)
    {
        var shown = (JsonObject)given.DeepClone();
        if (shown["metadata"] is JsonObject metadata)
        {
            metadata.Remove("managedFields");
            if (IsSecret(shown))
                (metadata["annotations"] as JsonObject)?.Remove("kubectl.kubernetes.io/last-applied-configuration");
        }
        if (IsSecret(shown))
        {
            shown.Remove("data");
            shown.Remove("stringData");
        }
        _done.Add((done, shown));
        return shown;
    }

    /// <summary>The result. Objects that don't fit are only named.</summary>
    public JsonElement ToJson() => ResultJson.Fit(_done.Count, most => new JsonObject
    {
        ["objects"] = new JsonArray([.. _done.Select((one, i) => new JsonObject
        {
            ["done"] = one.Done,
            ["object"] = i < most ? one.Object.DeepClone() : NameOf(one.Object),
        })]),
        ["truncated"] = most < _done.Count,
    });

    private static bool IsSecret(JsonObject shown) => shown["kind"]?.ToString() == "Secret";

    private static JsonObject NameOf(JsonObject whole) => new()
    {
        ["apiVersion"] = whole["apiVersion"]?.DeepClone(),
        ["kind"] = whole["kind"]?.DeepClone(),
        ["metadata"] = new JsonObject
        {
            ["name"] = whole["metadata"]?["name"]?.DeepClone(),
            ["namespace"] = whole["metadata"]?["namespace"]?.DeepClone(),
            ["uid"] = whole["metadata"]?["uid"]?.DeepClone(),
            ["resourceVersion"] = whole["metadata"]?["resourceVersion"]?.DeepClone(),
        },
    };
}
