using Outrider.Agent.Collectors.Scraping;

namespace Outrider.Agent.Configuration;

/// <summary>Where the agent belongs and where it keeps what is its own.</summary>
public sealed record AgentOptions
{
    /// <summary>The centre, such as <c>https://outrider.example</c>; null: not given.</summary>
    public Uri? Url { get; init; }

    /// <summary>The agent's name, unique within its tenant. Default: the host's name.</summary>
    public required string Name { get; init; }

    /// <summary>By what tasks and rules may call it besides its name, such as <c>role</c>: <c>db</c>.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The enrolment token; needed until the agent is enrolled.</summary>
    public string? EnrolmentToken { get; init; }

    /// <summary>The folder of its credential, audit file and connection settings.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>PEM file of certificate authorities to trust instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file of the client certificate to show, if the centre asks for one.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>Endpoints in Prometheus' text format to scrape.</summary>
    public IReadOnlyList<ScrapeTarget> Scrape { get; init; } = [];

    /// <summary>The Docker daemon's socket; null: the usual one, if there is one.</summary>
    public string? DockerSocket { get; init; }

    /// <summary>Whether processes are also written into CSV files in the data folder.</summary>
    public bool MetricsCsv { get; init; }

    /// <summary>PEM file of its private key.</summary>
    public string? ClientKeyFile { get; init; }
}
