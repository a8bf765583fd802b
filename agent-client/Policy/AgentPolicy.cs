using System.Text.Json;
using Outrider.Agent.Policy.Hosts;
using Outrider.Agent.Policy.Shell;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Policy;

/// <summary>
/// What this machine's owner lets the agent do (docs/policy.md): <c>policy.json</c> in the agent's folder. It wins over whatever the centre
/// asks. Without the file the defaults hold: read-only SQL within the standard limits, and measuring. An executor without a section that
/// says <c>"enabled": true</c> doesn't exist.
/// </summary>
/// <param name="Profile"><c>prod</c> (default) or <c>dev</c>, whose defaults are looser.</param>
/// <param name="Sql">Read-only SQL; null: the standard policy. <c>"sql": {"enabled": false}</c> makes it not exist here.</param>
/// <param name="Metrics">Measuring; null: the standard policy.</param>
/// <param name="Tasks">How many at once and how long; null: the standard limits.</param>
/// <param name="Secrets">The types of task that may have a secret, by its name in secrets.env; null: none may.</param>
/// <param name="Hosts">Which hosts tasks may name; null: none.</param>
/// <param name="Shell">Commands; null: none.</param>
/// <param name="File">Files to and from this machine; null: none.</param>
/// <param name="Api">HTTP calls; null: none.</param>
/// <param name="K8s">Kubernetes; null: none.</param>
/// <param name="Databases">Tasks on databases, by type; null: none.</param>
public sealed record AgentPolicy(
    string Profile = AgentPolicy.Prod,
    SqlPolicy? Sql = null,
    MetricsPolicy? Metrics = null,
    TasksPolicy? Tasks = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Secrets = null,
    HostsPolicy? Hosts = null,
    ShellPolicy? Shell = null,
    FilePolicy? File = null,
    ApiPolicy? Api = null,
    KubernetesPolicy? K8s = null,
    DatabasesPolicy? Databases = null)
{
    public const string Prod = "prod";
    public const string Dev = "dev";
    public const string FileName = "policy.json";

    private const long MaxBytes = 256 * 1024;

    public static AgentPolicy Default { get; } = new();

    /// <inheritdoc cref="AgentPolicy"/>
    public SqlPolicy Sql { get; init; } = Sql ?? new();

    /// <inheritdoc cref="AgentPolicy"/>
    public MetricsPolicy Metrics { get; init; } = Metrics ?? new();

    /// <inheritdoc cref="AgentPolicy"/>
    public TasksPolicy Tasks { get; init; } = Tasks ?? new();

    /// <inheritdoc cref="AgentPolicy"/>
    public HostsPolicy Hosts { get; init; } = Hosts ?? new();

    internal bool IsDev => Profile == Dev;

    /// <summary>Reads the file. A policy that can't be read is a problem, never the default: the owner meant something by it.</summary>
    public static Outcome<AgentPolicy> Load(string path)
    {
        if (!System.IO.File.Exists(path))
            return Default;
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                return Unreadable(path, $"it is larger than {MaxBytes} bytes");
            return Read(System.IO.File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, e.Message);
        }
    }

    private static Outcome<AgentPolicy> Read(byte[] bytes, string path)
    {
        var type = PolicyJson.Default.AgentPolicy;
        using (var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }))
        {
            if (UnknownMembers.First(document.RootElement, type) is { } unknown)
                return Unreadable(path, unknown);
        }
        var policy = JsonSerializer.Deserialize(bytes, type) ?? Default;
        return policy.Fault() is { } fault ? Unreadable(path, fault) : policy with { Shell = ShellPolicy.InProfile(policy.Shell, policy.IsDev) };
    }

    /// <summary>The first thing wrong in any section.</summary>
    private string? Fault() =>
        Profile is not (Prod or Dev) ? $"profile is '{Profile}'; it must be {Prod} or {Dev}"
        : Sql.Fault() ?? Metrics.Fault() ?? Tasks.Fault() ?? Hosts.Fault() ?? Shell?.Fault() ?? File?.Fault() ?? Api?.Fault() ?? K8s?.Fault() ?? Databases?.Fault() ?? SecretsFault();

    private string? SecretsFault() =>
        (Secrets ?? new Dictionary<string, IReadOnlyList<string>>()).FirstOrDefault(secret => !secret.Value.All(TaskTypes.All.Contains)) is { Key: not null } wrong
            ? $"secrets.{wrong.Key} may list {string.Join(", ", TaskTypes.All)}"
            : null;

    private static Problem Unreadable(string path, string why) =>
        new(ProblemCodes.InvalidArgument, $"The policy {path} can't be used: {why}. Mend or remove it; the agent doesn't start without knowing its policy.");
}
