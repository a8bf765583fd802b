using Outrider.Protocol.Link;

namespace Outrider.Protocol.Files;

/// <summary>
/// Agent to centre, frame <c>file_open</c>: begins, or takes up again, the transfer of a file, whose blocks are binary frames of kind 4. To
/// the agent (<see cref="FileId"/> says which) or from it (<see cref="Name"/>, <see cref="Size"/> and <see cref="TaskId"/> say what).
/// </summary>
public sealed record FileOpen : ILinkMessage
{
    /// <summary>Names the transfer on this link; an id.</summary>
    public required string Transfer { get; init; }

    /// <summary>To the agent: the file; null: from the agent.</summary>
    public string? FileId { get; init; }

    /// <summary>To the agent: the grant of the task's <see cref="Tasks.TaskFile"/>.</summary>
    public string? Grant { get; init; }

    /// <summary>To the agent: the first block it lacks.</summary>
    public uint FromBlock { get; init; }

    /// <summary>From the agent: the file's name, no path.</summary>
    public string? Name { get; init; }

    /// <summary>From the agent: bytes.</summary>
    public long Size { get; init; }

    /// <summary>From the agent: lower-case hexadecimal SHA-256 of the whole.</summary>
    public string? Sha256 { get; init; }

    /// <summary>From the agent: the task whose result it is.</summary>
    public string? TaskId { get; init; }

    /// <summary>Hides the grant.</summary>
    public override string ToString() => $"{nameof(FileOpen)} {Transfer}";
}
