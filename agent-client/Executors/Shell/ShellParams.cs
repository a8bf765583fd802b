namespace Outrider.Agent.Executors.Shell;

/// <summary>How a command shall run (docs/policy.md).</summary>
internal sealed record ShellParams
{
    /// <summary>The program and its arguments, instead of the task's command.</summary>
    public List<string>? Args { get; init; }

    /// <summary>True: by the policy's interpreter, so that pipes work.</summary>
    public bool? Shell { get; init; }

    /// <summary>Working folder, an absolute path.</summary>
    public string? Directory { get; init; }

    /// <summary>Variables to set.</summary>
    public Dictionary<string, string>? Environment { get; init; }

    /// <summary>Whom to run as.</summary>
    public string? User { get; init; }
}
