using Outrider.Silo.Hosting.Configuration;

namespace Outrider.Silo.Standalone.Configuration;

/// <summary>What a centre in one process is started with.</summary>
public sealed record StandaloneOptions : CentreOptions
{
    /// <summary>Folder of everything it keeps. One centre per folder.</summary>
    public string Data { get; init; } = "data";
}
