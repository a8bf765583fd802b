using System.Globalization;
using Outrider.Agent.Configuration;
using Outrider.Agent.Connections;
using Outrider.MySql.Client;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Sql;

/// <summary>
/// How to reach the database: <c>starrocks.env</c> in the agent's folder (lines <c>SR_HOST=…</c>), each name overridden by the
/// environment. Names: SR_HOST, SR_PORT (9030), SR_USER (root), SR_PASSWORD, SR_DATABASE, SR_TLS (disabled, preferred, required,
/// verify_full), SR_CA_FILE, SR_ALLOW_CLEAR_PASSWORD. None of it leaves this machine.
/// </summary>
public static class SqlSettings
{
    public const string FileName = "starrocks.env";

    /// <summary>The settings; a null value when there is no SR_HOST, so no database.</summary>
    public static Outcome<ClientOptions?> Load(string folder, Func<string, string?> environment)
    {
        var file = EnvironmentFile.Load(Path.Combine(folder, FileName));
        return file.Ok ? Read(file.Value, environment) : file.Problem;
    }

    internal static Outcome<ClientOptions?> Read(IEnumerable<string> lines, Func<string, string?> environment)
    {
        var file = EnvironmentFile.Read(lines, FileName);
        return file.Ok ? Read(file.Value, environment) : file.Problem;
    }

    private static Outcome<ClientOptions?> Read(Dictionary<string, string> file, Func<string, string?> environment)
    {
        string? Get(string name) => environment(name) is { Length: > 0 } value ? value : file.GetValueOrDefault(name);

        if (Get("SR_HOST") is not { Length: > 0 } host)
            return new Outcome<ClientOptions?>();
        if (!int.TryParse(Get("SR_PORT") ?? "9030", NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            return Bad("SR_PORT must be a port number, 1 to 65535");
        if (TlsModes.Parse(Get("SR_TLS")) is not { } tls)
            return Bad($"SR_TLS must be {TlsModes.Known}");
        return new ClientOptions
        {
            Host = host,
            Port = port,
            User = Get("SR_USER") ?? "root",
            Password = Get("SR_PASSWORD") ?? "",
            Database = Get("SR_DATABASE") is { Length: > 0 } database ? database : null,
            Tls = tls,
            TlsCaFile = Get("SR_CA_FILE"),
            AllowClearPassword = Get("SR_ALLOW_CLEAR_PASSWORD") is "true" or "1",
            ProgramName = "outrider-agent",
        };
    }

    private static Problem Bad(string what) => new(ProblemCodes.InvalidArgument, what + ".");
}
