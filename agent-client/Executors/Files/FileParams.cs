namespace Outrider.Agent.Executors.Files;

/// <summary>What shall be done with which file (docs/policy.md).</summary>
internal sealed record FileParams
{
    public const string Write = "write";
    public const string Fetch = "fetch";

    /// <summary><c>write</c> (default): the task's file to this machine; <c>fetch</c>: a file of this machine to the centre.</summary>
    public string? Operation { get; init; }

    /// <summary>An absolute path. To write: the file, or a folder that ends in <c>/</c> and keeps the file's own name.</summary>
    public string? Path { get; init; }

    /// <summary>Octal, at most 0777; 0644 if null.</summary>
    public string? Mode { get; init; }

    /// <summary><c>user</c> or <c>user:group</c>; the agent's own if null.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether what is there is replaced: if null, a file is and a folder isn't.</summary>
    public bool? Overwrite { get; init; }

    /// <summary><c>zip</c> or <c>tar.gz</c>: <see cref="Path"/> becomes a folder with what the archive holds. Null: the file as it is.</summary>
    public string? Extract { get; init; }
}
