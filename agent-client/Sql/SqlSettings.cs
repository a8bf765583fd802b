using System.Globalization;
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
        try
        {
            var path = Path.Combine(folder, FileName);
            return Read(File.Exists(path) ? File.ReadAllLines(path) : [], environment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemCodes.InvalidArgument, $"{FileName} can't be read: {e.Message}");
        }
    }

    internal static Outcome<ClientOptions?> Read(IEnumerable<string> lines, Func<string, string?> environment)
    {
        var file = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                return Bad($"{FileName} has a line that isn't NAME=value");
            file[line[..at].Trim()] = Unquote(line[(at + 1)..].Trim());
        }
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

    private static string Unquote(string value) =>
        value is ['"', .., '"'] or ['\'', .., '\''] && value.Length >= 2 ? value[1..^1] : value;

    private static Problem Bad(string what) => new(ProblemCodes.InvalidArgument, what + ".");
}
