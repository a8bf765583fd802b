namespace Outrider.Agent.Connections;

/// <summary>A goInception that reviews, executes and backs up what is written. https://github.com/hanchuanchuan/goInception</summary>
internal sealed record GoInceptionSettings
{
    public string? Host { get; init; }

    /// <summary>Null: 4000.</summary>
    public int? Port { get; init; }

    /// <summary>Null: <c>root</c>.</summary>
    public string? User { get; init; }

    /// <summary>In clear, or <c>${secret:NAME}</c>; null: none, which is how goInception comes.</summary>
    public string? Password { get; init; }

    /// <summary>Whether it keeps what takes each statement back; null: as the task says, which by default is yes.</summary>
    public bool? Backup { get; init; }

    /// <summary>Whether statements run in spite of its warnings.</summary>
    public bool IgnoreWarnings { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Fault() =>
        string.IsNullOrEmpty(Host) ? "goinception.host is missing"
        : Port is < 1 or > 65535 ? "goinception.port must be 1 to 65535"
        : null;
}
