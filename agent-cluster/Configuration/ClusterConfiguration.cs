using System.Net;
using System.Text.Json;
using Outrider.Protocol.Outcomes;
using Outrider.Silo.OrleansClient.Security;

namespace Outrider.Agent.Cluster.Configuration;

/// <summary>Reads where the cluster is: <c>cluster.json</c> in the agent's data folder, overridden by the environment.</summary>
internal static class ClusterConfiguration
{
    public const string FileName = "cluster.json";

    /// <summary>For the program's help.</summary>
    public const string Help = """
        Cluster: cluster.json in the data folder, overridden by the environment; all as the silos have it:
          OUTRIDER_GATEWAYS          where silos take trusted clients, such as 10.0.0.5:30000,10.0.0.6:30000; or
          OUTRIDER_DATABASE          mysql or postgresql: the silos' shared database says where they are
          OUTRIDER_DATABASE_CONNECTION, OUTRIDER_DATABASE_PASSWORD_FILE   how to read it
          OUTRIDER_CLUSTER_ID        the cluster's name; default: outrider
          OUTRIDER_SILO_TLS_CERTIFICATE, OUTRIDER_SILO_TLS_KEY, OUTRIDER_SILO_TLS_CA   PEM files, if the silos use TLS
        """;

    private const string DefaultClusterId = "outrider";

    /// <summary>Reads it. Problem: what is missing or wrong, and where to set it.</summary>
    /// <param name="folder">The agent's data folder.</param>
    /// <param name="variable">Gives an environment variable's value.</param>
    public static Outcome<ClusterSettings> Read(string folder, Func<string, string?> variable)
    {
        string? Value(string name, string? inFile) => variable(name) is { Length: > 0 } value ? value : inFile;
        var read = ReadFile(Path.Combine(folder, FileName));
        if (!read.Ok)
            return read.Problem;
        var file = read.Value;
        var tls = Tls(
            Value("OUTRIDER_SILO_TLS_CERTIFICATE", file.SiloTlsCertificate), Value("OUTRIDER_SILO_TLS_KEY", file.SiloTlsKey),
            Value("OUTRIDER_SILO_TLS_CA", file.SiloTlsCa));
        if (tls.Problem is { } unusable)
            return unusable;
        var settings = new ClusterSettings { ClusterId = Value("OUTRIDER_CLUSTER_ID", file.ClusterId) ?? DefaultClusterId, Tls = tls.Value };
        var gateways = Value("OUTRIDER_GATEWAYS", file.Gateways is null ? null : string.Join(',', file.Gateways));
        var kind = Value("OUTRIDER_DATABASE", file.Database);
        if (gateways is null == kind is null)
        {
            return Wrong($"Set either OUTRIDER_GATEWAYS or OUTRIDER_DATABASE (or 'gateways' or 'database' in {Path.Combine(folder, FileName)}): "
                + "one of them says where the silos are.");
        }
        if (gateways is not null)
            return Gateways(gateways) is { } found ? settings with { Gateways = found } : Wrong($"OUTRIDER_GATEWAYS '{gateways}' must be addresses with ports, separated by commas, such as 10.0.0.5:30000.");
        var database = Database(kind!, Value("OUTRIDER_DATABASE_CONNECTION", file.DatabaseConnection), Value("OUTRIDER_DATABASE_PASSWORD_FILE", file.DatabasePasswordFile));
        return database.Ok ? settings with { Database = database.Value } : database.Problem;
    }

    private static Outcome<ClusterFile> ReadFile(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ClusterFileJson.Default.ClusterFile) ?? new() : new ClusterFile();
        }
        catch (JsonException e)
        {
            return Wrong($"{path} is not a valid configuration: line {e.LineNumber + 1}, '{e.Path}'. Known are cluster_id, gateways, database, "
                + "database_connection, database_password_file, silo_tls_certificate, silo_tls_key, silo_tls_ca.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Wrong($"{path} can't be read: {e.Message}");
        }
    }

    private static Outcome<ClusterTls?> Tls(string? certificate, string? key, string? authority)
    {
        if (certificate is null && key is null && authority is null)
            return new Outcome<ClusterTls?>();
        if (certificate is null || key is null || authority is null)
            return Wrong("silo_tls_certificate, silo_tls_key and silo_tls_ca (OUTRIDER_SILO_TLS_…) belong together: give all or none.");
        var loaded = ClusterTls.Load(certificate, key, authority);
        return loaded.Ok ? loaded.Value : loaded.Problem;
    }

    private static List<IPEndPoint>? Gateways(string text)
    {
        var found = new List<IPEndPoint>();
        foreach (var item in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IPEndPoint.TryParse(item, out var gateway) || gateway.Port == 0)
                return null;
            found.Add(gateway);
        }
        return found.Count > 0 ? found : null;
    }

    private static Outcome<MembershipDatabase> Database(string kind, string? connection, string? passwordFile)
    {
        if (connection is null)
            return Wrong("database_connection (OUTRIDER_DATABASE_CONNECTION) is missing, such as Server=10.0.0.5;Database=outrider;User ID=outrider_agent.");
        try
        {
            return MembershipDatabase.Create(kind, connection, passwordFile is null ? null : File.ReadAllText(passwordFile).TrimEnd('\r', '\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Wrong($"database_password_file {passwordFile} can't be read: {e.Message}");
        }
    }

    private static Problem Wrong(string message) => new(ProblemCodes.InvalidArgument, message);
}
