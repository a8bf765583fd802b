using System.Text.Json;
using Outrider.Agent.Collectors.Scraping;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Configuration;

/// <summary>Puts the agent's options together: <c>agent.json</c> in the data folder (or the file given), overridden by the environment.</summary>
public static class AgentConfiguration
{
    public const string FileName = "agent.json";

    /// <summary>Reads them. Problem: what is missing or wrong, and where to set it.</summary>
    /// <param name="file">The configuration file; null: <see cref="FileName"/> in the data folder, if it is there.</param>
    /// <param name="variable">Gives an environment variable's value.</param>
    public static Outcome<AgentOptions> Read(string? file, Func<string, string?> variable)
    {
        string? Value(string name, string? fallback) => variable(name) is { Length: > 0 } value ? value : fallback;
        var data = Value("OUTRIDER_AGENT_DATA", null) ?? DefaultData();
        var path = file ?? Path.Combine(data, FileName);
        var read = file is null && !File.Exists(path) ? new AgentFile() : ReadFile(path);
        if (!read.Ok)
            return read.Problem;
        var settings = read.Value;
        Uri? address = null;
        if (Value("OUTRIDER_URL", settings.Url) is { } url
            && (!Uri.TryCreate(url, UriKind.Absolute, out address) || address.Scheme is not ("http" or "https" or "ws" or "wss")))
            return Wrong($"OUTRIDER_URL '{url}' is not an http or https address.");
        var name = Value("OUTRIDER_AGENT_NAME", settings.Name) ?? Environment.MachineName;
        if (!Names.IsAgent(name))
            return Wrong($"'{name}' can't be an agent's name: {Names.Rule}. Set OUTRIDER_AGENT_NAME.");
        if (Fault(settings.Scrape ?? []) is { } fault)
            return Wrong($"In {path}: {fault}.");
        var labels = variable("OUTRIDER_LABELS") is { Length: > 0 } text ? AgentLabels.Parse(text) : settings.Labels ?? [];
        if (labels is null || !AgentLabels.AreValid(labels))
            return Wrong($"OUTRIDER_LABELS (labels in {path}) must be such as role=db,zone=a: {AgentLabels.Rule}.");
        return new AgentOptions
        {
            Url = address,
            Name = name,
            Labels = labels,
            EnrolmentToken = Value("OUTRIDER_ENROLMENT_TOKEN", settings.EnrolmentToken),
            DataDirectory = data,
            Scrape = settings.Scrape ?? [],
            DockerSocket = Value("OUTRIDER_DOCKER_SOCKET", settings.DockerSocket),
            MetricsCsv = settings.MetricsCsv ?? false,
            CaFile = Value("OUTRIDER_CA_FILE", settings.CaFile),
            ClientCertificateFile = Value("OUTRIDER_CLIENT_CERTIFICATE_FILE", settings.ClientCertificateFile),
            ClientKeyFile = Value("OUTRIDER_CLIENT_KEY_FILE", settings.ClientKeyFile),
        };
    }

    private static string? Fault(List<ScrapeTarget> scrape) =>
        scrape.Select(target => target.Fault()).FirstOrDefault(fault => fault is not null)
        ?? (scrape.DistinctBy(target => target.Endpoint).Count() < scrape.Count ? "two scrape endpoints have the same name" : null);

    private static string DefaultData() =>
        Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? "/var/lib/outrider-agent" : "agent-data";

    private static Outcome<AgentFile> ReadFile(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), AgentFileJson.Default.AgentFile) ?? new AgentFile();
        }
        catch (JsonException e)
        {
            return Wrong($"{path} is not a valid configuration: line {e.LineNumber + 1}, '{e.Path}'. Known are url, name, labels, enrolment_token, ca_file, client_certificate_file, client_key_file, scrape, docker_socket, metrics_csv.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Wrong($"{path} can't be read: {e.Message}");
        }
    }

    private static Problem Wrong(string message) => new(ProblemCodes.InvalidArgument, message);
}
