using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks.Lifecycle;

/// <summary>What can't be asked of an agent, whatever its policy says. The agent judges again, by its own policy.</summary>
public static partial class TaskFaults
{
    public const int MaxRetries = 10;
    public const int MaxRetrySeconds = 3_600;
    private const int MaxDepth = 10;

    /// <summary>The first fault, in words that say what to change; null: there is none.</summary>
    public static Problem? Of(TaskRequest request) =>
        !TaskTypes.All.Contains(request.Type) ? Invalid($"unsupported task type '{request.Type}'. There are {string.Join(", ", TaskTypes.All)}.")
        : Encoding.UTF8.GetByteCount(request.Command ?? "") > TaskTypes.MaxCommand
            ? new Problem(ProblemCodes.PayloadTooLarge, $"command is longer than {TaskTypes.MaxCommand} bytes. Upload it as a file and name it as file_id.")
        : request.Command?.Contains('\0', StringComparison.Ordinal) == true ? Invalid("command holds a NUL character.")
        : OfCommand(request) ?? OfParams(request.Params) ?? OfNumbers(request);

    /// <summary>Whether it may run twice without harm: its type says so, or who asks.</summary>
    public static bool MayRepeat(TaskRequest request) => request.Idempotent || request.Type switch
    {
        TaskTypes.File => true,
        TaskTypes.Api => request.Command is null or "" || request.Command.Trim().ToUpperInvariant() is "GET" or "HEAD",
        TaskTypes.Kubernetes => request.Params is { ValueKind: JsonValueKind.Object } all
            && all.TryGetProperty("operation", out var operation) && operation.ValueKind == JsonValueKind.String && operation.GetString() == "apply",
        _ => false,
    };

    private static Problem? OfCommand(TaskRequest request)
    {
        var file = request.FileId is not null;
        var empty = string.IsNullOrWhiteSpace(request.Command);
        return request.Type switch
        {
            TaskTypes.Api => Has(request, "url") ? null : Invalid("url is required in params."),
            TaskTypes.File when Has(request, "path") => file || Says(request, "operation", "fetch") ? null
                : Invalid("file_id is required: the file to put there. To fetch a file from the machine say params.operation 'fetch'."),
            TaskTypes.File => Invalid("path is required in params: where the file goes on the machine, or what to fetch from it."),
            TaskTypes.Shell => !empty || Has(request, "args") ? null : Invalid("command is empty."),
            _ => !empty || file ? null : Invalid("command is empty. Give it, or a file_id that holds it."),
        };
    }

    private static bool Has(TaskRequest request, string name) =>
        request.Params is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(name, out var value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private static bool Says(TaskRequest request, string name, string text) =>
        Has(request, name) && request.Params!.Value.GetProperty(name) is { ValueKind: JsonValueKind.String } value && value.GetString() == text;

    private static Problem? OfParams(JsonElement? parameters) =>
        parameters is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } all ? null
        : all.ValueKind != JsonValueKind.Object ? Invalid("params is an object.")
        : Encoding.UTF8.GetByteCount(all.GetRawText()) > TaskTypes.MaxParams ? new Problem(ProblemCodes.PayloadTooLarge, $"params are longer than {TaskTypes.MaxParams} bytes.")
        : OfValue(all, "params", 1);

    private static Problem? OfNumbers(TaskRequest request) =>
        request.TimeoutSeconds is < 1 or > TaskTypes.MaxTimeoutSeconds ? Invalid($"time_limit is 1 to {TaskTypes.MaxTimeoutSeconds} seconds.")
        : request.WaitSeconds is < 0 or > TaskRequest.MaxWaitSeconds ? Invalid($"wait is 0 to {TaskRequest.MaxWaitSeconds} seconds.")
        : request.Priority is < 1 or > TaskTypes.MaxPriority ? Invalid($"priority is 1 to {TaskTypes.MaxPriority}.")
        : request.Retries is < 0 or > MaxRetries ? Invalid($"retries are 0 to {MaxRetries}.")
        : request.RetrySeconds is < 1 or > MaxRetrySeconds ? Invalid($"retry_seconds is 1 to {MaxRetrySeconds}.")
        : request.Retries > 0 && !MayRepeat(request)
            ? Invalid("retries are only for what may run twice without harm. If this may, say \"idempotent\": true; else leave retries out.")
        : null;

    /// <summary>Secrets stay on the agent's machine: here are only references to them.</summary>
    private static Problem? OfValue(JsonElement value, string path, int depth)
    {
        if (depth > MaxDepth)
            return Invalid($"{path} is nested deeper than {MaxDepth}.");
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (member.Value.ValueKind == JsonValueKind.String && SecretName().IsMatch(member.Name) && IsPlain(member.Value.GetString()!))
                        return Plain($"{path}.{member.Name}");
                    if (OfValue(member.Value, $"{path}.{member.Name}", depth + 1) is { } fault)
                        return fault;
                }
                return null;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (OfValue(item, path + "[]", depth + 1) is { } fault)
                        return fault;
                }
                return null;
            case JsonValueKind.String:
                var text = value.GetString()!;
                return text.Contains('\0', StringComparison.Ordinal) ? Invalid($"{path} holds a NUL character.")
                    : CredentialInUrl().IsMatch(text) && IsPlain(text) ? Plain(path)
                    : null;
            default:
                return null;
        }
    }

    private static bool IsPlain(string text) => text.Length > 0 && !text.Contains("${secret:", StringComparison.Ordinal);

    private static Problem Plain(string path) => Invalid(
        $"{path} holds a secret, and those stay on the agent's machine. Name a connection of the agent's own, or write ${{secret:NAME}} and put NAME into the agent's secrets.env.");

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);

    [GeneratedRegex("passw(or)?d|passphrase|secret|^token$|[-_]token$|api[-_]?key|private[-_]?key|authorization|^cookie$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*://[^/?#\s]*:[^/?#\s@]+@", RegexOptions.IgnoreCase)]
    private static partial Regex CredentialInUrl();
}
