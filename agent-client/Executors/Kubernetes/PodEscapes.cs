using System.Text.Json.Nodes;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>
/// Finds what lets a pod out of its container, in whatever holds a pod's template: what Kubernetes' pod security standard "baseline" forbids.
/// It looks at names wherever they stand, so that kinds nobody knows here are looked at too.
/// </summary>
internal static class PodEscapes
{
    private static readonly HashSet<string> s_true = ["privileged", "hostNetwork", "hostPID", "hostIPC", "hostProcess"];

    private static readonly HashSet<string> s_harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    };

    /// <summary>Where it stands, such as <c>spec.hostNetwork</c>; null: there is nothing.</summary>
    public static string? In(Manifest manifest) => manifest switch
    {
        // Texts of a configuration, which mean nothing to Kubernetes.
        { Group: "", Kind: "ConfigMap" or "Secret" } => null,
        _ => Find(manifest.Object, "") ?? (manifest.Object["patch"] is JsonArray patch ? InPatch(patch) : null),
    };

    private static string? Find(JsonNode? node, string path) => node switch
    {
        JsonObject json => json.Select(member => Escapes(member.Key, member.Value) ? Join(path, member.Key)
            : member.Key == "capabilities" ? Capabilities(member.Value, Join(path, member.Key))
            : Find(member.Value, Join(path, member.Key))).FirstOrDefault(found => found is not null),
        JsonArray list => list.Select(item => Find(item, path)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static bool Escapes(string name, JsonNode? value) =>
        value is not null && (s_true.Contains(name) ? !IsFalse(value)
        : name switch
        {
            "hostPath" => true,
            "hostPort" => value is not JsonValue port || !port.TryGetValue<int>(out var number) || number != 0,
            "procMount" => value.ToString() != "Default",
            "seccompProfile" or "appArmorProfile" => (value as JsonObject)?["type"]?.ToString() is null or "Unconfined",
            "sysctls" => value is not JsonArray { Count: 0 },
            _ => false,
        });

    private static string? Capabilities(JsonNode? capabilities, string path)
    {
        var added = (capabilities as JsonObject)?["add"];
        var names = added switch
        {
            JsonArray list => list.AsEnumerable(),
            JsonObject unfolded => unfolded.Select(member => member.Value),
            _ => [added],
        };
        return names.Any(name => name is not null && !s_harmless.Contains(name.ToString())) ? path + ".add" : null;
    }

    /// <summary>A JSON patch is looked at as what it puts where. What it copies or moves could be anything.</summary>
    private static string? InPatch(JsonArray patch)
    {
        foreach (var operation in patch.OfType<JsonObject>())
        {
            if (operation["op"]?.ToString() is "copy" or "move")
                return "patch: copy and move";
            var node = operation["value"]?.DeepClone();
            foreach (var part in (operation["path"]?.ToString() ?? "").Split('/').Skip(1).Reverse())
                node = new JsonObject { [part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)] = node };
            if (operation["op"]?.ToString() is not ("remove" or "test") && Find(node, "") is { } place)
                return place;
        }
        return null;
    }

    private static bool IsFalse(JsonNode value) => value is JsonValue scalar && scalar.TryGetValue<bool>(out var truth) && !truth;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
