using System.Text.Json;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Lifecycle;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Operations.Tasks;

/// <summary>What a task is to do, as callers write it (docs/tasks.md).</summary>
public record TaskFields
{
    private const int DefaultRetrySeconds = 60;

    /// <summary>Characters of a command that the audit store keeps.</summary>
    private const int MaxDescribed = 1_000;

    /// <summary>One of <see cref="TaskTypes"/>, or an older name of it.</summary>
    public string? Type { get; init; }

    /// <summary>A string; for k8s, mongo and elasticsearch also an object or an array, which is taken as its text.</summary>
    public JsonElement? Command { get; init; }

    public JsonElement? Params { get; init; }

    public string? FileId { get; init; }

    /// <summary>Seconds it may run.</summary>
    public int? TimeLimit { get; init; }

    /// <summary>Seconds it waits for an agent that is away.</summary>
    public int? Wait { get; init; }

    public int? Priority { get; init; }

    public int? Retries { get; init; }

    public int? RetrySeconds { get; init; }

    public bool Idempotent { get; init; }

    /// <summary>The request, checked for form; <c>invalid_argument</c>, <c>payload_too_large</c>.</summary>
    /// <param name="agent">For whom; empty: of a fan-out.</param>
    /// <param name="by">Who asks.</param>
    internal Outcome<TaskRequest> ToRequest(string agent, string by)
    {
        if (Type is not { Length: > 0 })
            return TenantRules.Invalid($"type is missing: one of {string.Join(", ", TaskTypes.All)}.");
        var type = TaskNames.TypeOf(Type);
        var command = TextOf(type, Command);
        if (!command.Ok)
            return command.Problem;
        var request = new TaskRequest
        {
            Agent = agent,
            Type = type,
            Command = command.Value is { Length: > 0 } text ? text : null,
            Params = Params is { ValueKind: not JsonValueKind.Null } all ? all : null,
            FileId = FileId is { Length: > 0 } file ? file : null,
            TimeoutSeconds = TimeLimit ?? TaskTypes.TimeoutOf(type),
            WaitSeconds = Wait ?? TaskRequest.DefaultWaitSeconds,
            Priority = Priority ?? TaskTypes.DefaultPriority,
            Retries = Retries ?? 0,
            RetrySeconds = RetrySeconds ?? DefaultRetrySeconds,
            Idempotent = Idempotent,
            CreatedBy = by,
        };
        return TaskFaults.Of(request) is { } fault ? fault : request;
    }

    /// <summary>What it would do, for the audit store.</summary>
    internal string Describe() => Describe(Type, Command switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } json => json.GetRawText(),
    });

    /// <inheritdoc cref="Describe()"/>
    internal static string Describe(string? type, string? command)
    {
        var text = $"{type} {command}".Trim();
        return text.Length <= MaxDescribed ? text : text[..MaxDescribed] + "…";
    }

    private static Outcome<string> TextOf(string type, JsonElement? command) => command switch
    {
        null or { ValueKind: JsonValueKind.Null } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json when type is TaskTypes.Kubernetes or TaskTypes.Mongo or TaskTypes.Elasticsearch =>
            json.GetRawText(),
        _ => TenantRules.Invalid($"command of {type} is a string."),
    };
}
