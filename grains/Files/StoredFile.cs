using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Files;

/// <summary>A file of a tenant. It never changes: other content is another file.</summary>
public sealed record StoredFile
{
    /// <summary>Names it within its tenant; made by the centre.</summary>
    public required string Id { get; init; }

    /// <summary>Cleaned by <see cref="FileNames"/>; for people, never a path.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>As its sender declared it, or as its name's ending says.</summary>
    public required string ContentType { get; init; }

    /// <summary>Lower-case hexadecimal. Names the content within the tenant.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Lower-case hexadecimal; null: nobody has computed it.</summary>
    public string? Md5 { get; init; }

    public required FileKind Kind { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The credential's id, or <c>agent:</c> and the agent's name.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The file as a task names it to an agent.</summary>
    /// <param name="grant">Lets that agent read it (<see cref="IFileGrants.Issue"/>).</param>
    public TaskFile ToTaskFile(string grant) => new(Id, Name, Size, Sha256, grant);
}
