using System.Text.Json.Nodes;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>What the API server answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Object">The object, or a Status that says what went wrong; null: it was no JSON that can be read.</param>
internal sealed record KubernetesAnswer(int Status, JsonObject? Object)
{
    public bool Ok => Status is >= 200 and < 300;

    /// <summary>The API's word for what went wrong, such as <c>AlreadyExists</c>.</summary>
    public string? Reason => Object?["reason"]?.ToString();

    /// <summary>Somebody else changed the object in between.</summary>
    public bool IsConflict => Status == 409 && Reason == "Conflict";

    /// <summary>The task's problem.</summary>
    /// <param name="what">The object, as messages name it.</param>
    public Problem ToProblem(string what)
    {
        var word = Reason switch
        {
            "AlreadyExists" => "already exists",
            "NotFound" => "not found",
            "Forbidden" => "forbidden",
            "Unauthorized" => "the API server doesn't know this agent",
            "Invalid" => "invalid",
            "Conflict" => "conflict",
            "UnsupportedMediaType" => "this kind of patch isn't taken for it",
            { Length: > 0 } other => other,
            _ => $"HTTP {Status}",
        };
        var said = Object?["message"]?.ToString() is { Length: > 0 } message ? ": " + (message.Length <= 1000 ? message.TrimEnd('.') : message[..1000] + "…") : "";
        return new Problem(ProblemCodes.CommandFailed, $"{what}: {word}{said}.")
        {
            Details = new() { ["object"] = what, ["reason"] = Reason is { } reason ? reason : word, ["status"] = $"{Status}" },
        };
    }
}
