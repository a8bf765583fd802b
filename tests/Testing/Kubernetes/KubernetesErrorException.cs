using System.Text.Json.Nodes;

namespace Outrider.Testing.Kubernetes;

/// <summary>An answer of the kind Status.</summary>
public sealed class KubernetesErrorException(int status, string reason, string message) : Exception(message)
{
    public int Status => status;

    public JsonObject ToJson() => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = Message,
        ["reason"] = reason,
        ["code"] = status,
    };
}
