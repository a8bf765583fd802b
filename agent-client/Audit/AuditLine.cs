using System.Text.Json;
using System.Text.Json.Serialization;

namespace Outrider.Agent.Audit;

/// <summary>
/// One line of the agent's audit file (docs/formats/agent-audit.md). <c>hash</c> is the SHA-256 of the line's bytes up to the member
/// <c>hash</c>; as those hold the hash of the line before (<c>prev</c>), a line can't be changed or removed without breaking all after it.
/// </summary>
public sealed record AuditLine
{
    [JsonPropertyOrder(0)]
    public long Seq { get; init; }

    [JsonPropertyOrder(1)]
    public DateTimeOffset At { get; init; }

    /// <summary><c>allowed</c>: about to run; <c>refused</c>: not run; <c>finished</c>: ended, see <see cref="Outcome"/>.</summary>
    [JsonPropertyOrder(2)]
    public required string Event { get; init; }

    [JsonPropertyOrder(3)]
    public required string TaskId { get; init; }

    [JsonPropertyOrder(4)]
    public required string Type { get; init; }

    /// <summary>Who asked, as the centre says: a credential's id.</summary>
    [JsonPropertyOrder(5)]
    public string? Actor { get; init; }

    /// <summary>Counts the attempts at a task; null: a query.</summary>
    [JsonPropertyOrder(6)]
    public int? Attempt { get; init; }

    /// <summary>The command or statement, secrets in it masked; on <c>finished</c> lines it is left out.</summary>
    [JsonPropertyOrder(6)]
    public string? Command { get; init; }

    /// <summary>The parameters, the same; references to secrets as they came.</summary>
    [JsonPropertyOrder(6)]
    public JsonElement? Params { get; init; }

    /// <summary>The file that the task uses: its id and checksum.</summary>
    [JsonPropertyOrder(6)]
    public string? File { get; init; }

    /// <summary>The rule that refused it.</summary>
    [JsonPropertyOrder(7)]
    public string? Rule { get; init; }

    /// <summary><c>success</c> or the problem's code.</summary>
    [JsonPropertyOrder(8)]
    public string? Outcome { get; init; }

    /// <summary>Of <c>shell</c>: how the process ended.</summary>
    [JsonPropertyOrder(9)]
    public int? ExitCode { get; init; }

    [JsonPropertyOrder(9)]
    public int? Rows { get; init; }

    [JsonPropertyOrder(10)]
    public double? ElapsedMs { get; init; }

    [JsonPropertyOrder(11)]
    public string Prev { get; init; } = "";
}
