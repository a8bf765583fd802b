using System.Text.Json;
using Outrider.Agent.Secrets;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Connections;

/// <summary>The databases of <c>connections.json</c> in the agent's folder, by name (docs/tasks/databases.md).</summary>
internal sealed class ConnectionCatalog
{
    public const string FileName = "connections.json";

    private const long MaxBytes = 1024 * 1024;
    private const long MaxPasswordBytes = 4096;

    private readonly string _folder;
    private readonly Dictionary<string, ConnectionSettings> _settings;

    private ConnectionCatalog(string folder, Dictionary<string, ConnectionSettings> settings) => (_folder, _settings) = (folder, settings);

    /// <summary>Reads the file; without one there are no connections. <c>invalid_argument</c>: it can't be used as it is, or others can read it.</summary>
    public static Outcome<ConnectionCatalog> Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return new ConnectionCatalog(folder, []);
        try
        {
            if (!IsOwnersOnly(path))
                return Unusable(path, "others than its owner can read it, and it may hold passwords: chmod 600 it");
            if (new FileInfo(path).Length > MaxBytes)
                return Unusable(path, $"it is larger than {MaxBytes} bytes");
            var settings = JsonSerializer.Deserialize(File.ReadAllBytes(path), ConnectionsJson.Default.DictionaryStringConnectionSettings) ?? [];
            return Fault(settings) is { } fault ? Unusable(path, fault) : new ConnectionCatalog(folder, settings);
        }
        catch (JsonException e)
        {
            // Its message names the member, and never a value.
            return Unusable(path, $"line {e.LineNumber + 1}, {e.Path}: {e.Message.Split(". Path:")[0]}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unusable(path, e.Message);
        }
    }

    /// <summary>Whether nobody but a file's owner may read or change it.</summary>
    public static bool IsOwnersOnly(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) == 0;

    /// <summary>
    /// The connection of a name and type, its secrets filled in. <c>connection_not_configured</c>: there is none such; <c>invalid_argument</c>:
    /// its password can't be had.
    /// </summary>
    /// <param name="name">As it stands in the file.</param>
    /// <param name="type">Of the task.</param>
    /// <param name="secret">Gives a secret's value by its name; null: there is none.</param>
    public Outcome<DatabaseConnection> Open(string name, string type, Func<string, string?> secret)
    {
        if (Find(name, type) is not { } settings)
            return NotConfigured(name, type);
        var password = Password(name, settings, secret);
        if (!password.Ok)
            return password.Problem;
        var apiKey = Fill($"api_key of connection {name}", settings.ApiKey, secret);
        if (!apiKey.Ok)
            return apiKey.Problem;
        var goInception = Fill($"goinception.password of connection {name}", settings.GoInception?.Password, secret);
        if (!goInception.Ok)
            return goInception.Problem;
        return new DatabaseConnection
        {
            Name = name,
            Type = type,
            Host = settings.Host!,
            Port = settings.Port ?? DatabaseDefaults.PortOf(type),
            User = settings.User ?? DatabaseDefaults.UserOf(type),
            Password = password.Value,
            Database = string.IsNullOrEmpty(settings.Database) ? null : settings.Database,
            Tls = TlsModes.Parse(settings.Tls)!.Value,
            TlsCaFile = settings.TlsCaFile,
            ApiKey = apiKey.Value.Length > 0 ? apiKey.Value : null,
            AuthDatabase = settings.AuthDatabase,
            Write = settings.Write,
            GoInception = settings.GoInception is { } through ? through with { Password = goInception.Value } : null,
            IsShared = true,
        };
    }

    /// <summary>A connection's settings; null: there is none of that name and type.</summary>
    public ConnectionSettings? Find(string name, string type) =>
        _settings.TryGetValue(name, out var settings) && settings.Type == type ? settings : null;

    /// <summary><c>connection_not_configured</c>, with the names that there are.</summary>
    public Problem NotConfigured(string name, string type)
    {
        var known = _settings.Where(pair => pair.Value.Type == type).Select(pair => pair.Key).Order(StringComparer.Ordinal).ToList();
        return new Problem(ProblemCodes.ConnectionNotConfigured,
            $"This agent has no {type} connection '{name}'. " + (known.Count == 0 ? $"Its {FileName} has none of that type." : $"It has {string.Join(", ", known)}."));
    }

    private Outcome<string> Password(string name, ConnectionSettings settings, Func<string, string?> secret)
    {
        if (settings.PasswordFile is not { } file)
            return Fill($"password of connection {name}", settings.Password, secret);
        var path = Path.Combine(_folder, file);
        try
        {
            if (!IsOwnersOnly(path))
                return Invalid($"The password file of connection {name} can be read by others than its owner: chmod 600 it.");
            if (new FileInfo(path).Length > MaxPasswordBytes)
                return Invalid($"The password file of connection {name} is larger than {MaxPasswordBytes} bytes.");
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Invalid($"The password file of connection {name} can't be read: {e.Message}");
        }
    }

    private static Outcome<string> Fill(string what, string? value, Func<string, string?> secret)
    {
        if (SecretReferences.NameOf(value) is not { } reference)
            return value ?? "";
        return secret(reference) is { } filled ? filled : Invalid($"The {what} refers to the secret {reference}, which isn't in secrets.env.");
    }

    private static string? Fault(Dictionary<string, ConnectionSettings> all)
    {
        foreach (var (name, settings) in all)
        {
            if (!Names.IsAgent(name))
                return $"'{name}' can't be a connection's name: {Names.Rule}";
            if (settings is null)
                return $"connection {name} is empty";
            if (settings.Fault() is { } fault)
                return $"connection {name}: {fault}";
        }
        return null;
    }

    private static Problem Unusable(string path, string why) => Invalid($"{path} can't be used: {why}.");

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}
