using System.Text.Json;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <summary>What is asked of an agent. Checked for form already (<see cref="Lifecycle.TaskFaults"/>); never changes afterwards, so an approval is one of exactly this.</summary>
public sealed record TaskRequest
{
    /// <summary>The agent's name; empty in a fan-out, whose tasks have one each.</summary>
    public required string Agent { get; init; }

    /// <summary>One of <see cref="TaskTypes"/>.</summary>
    public required string Type { get; init; }

    public string? Command { get; init; }

    /// <summary>An object, by type; holds no secret, only references to the agent's own.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>A file of the tenant.</summary>
    public string? FileId { get; init; }

    /// <summary>Seconds it may run, 1 to 86 400.</summary>
    public int TimeoutSeconds { get; init; } = TaskTypes.DefaultTimeoutSeconds;

    /// <summary>Seconds it waits for an agent that is away, 0 to 604 800; 0: it is refused at once when the agent is offline.</summary>
    public int WaitSeconds { get; init; } = DefaultWaitSeconds;

    /// <summary>1 to 10, 10 first.</summary>
    public int Priority { get; init; } = TaskTypes.DefaultPriority;

    /// <summary>How often it is tried again after it failed, 0 to 10; only what may run twice (<see cref="Lifecycle.TaskFaults.MayRepeat"/>).</summary>
    public int Retries { get; init; }

    /// <summary>Seconds between, 1 to 3 600.</summary>
    public int RetrySeconds { get; init; } = 60;

    /// <summary>Who asks says that it may run twice without harm.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Who asks: a credential's id.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The fan-out it belongs to; null: none.</summary>
    public string? Fanout { get; init; }

    /// <summary>Ten minutes.</summary>
    public const int DefaultWaitSeconds = 600;

    public const int MaxWaitSeconds = 604_800;
}
