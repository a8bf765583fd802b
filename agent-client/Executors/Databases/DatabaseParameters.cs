using System.Text.Json;
using Outrider.Agent.Secrets;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Databases;

/// <summary>The <c>params</c> of a task on a database (docs/tasks/databases.md).</summary>
internal sealed record DatabaseParameters
{
    /// <summary>A name of connections.json.</summary>
    public string? Connection { get; init; }

    /// <summary>Wins over <see cref="Connection"/>.</summary>
    public TargetParameters? Target { get; init; }

    /// <summary>Instead of the connection's.</summary>
    public string? Database { get; init; }

    public ExecOptions? ExecOptions { get; init; }

    public TaskMetadata? Metadata { get; init; }

    /// <summary>Which file of a .zip; null: the first that fits.</summary>
    public string? FileName { get; init; }

    /// <summary>Reads them. <c>invalid_argument</c>: what is wrong, without any value.</summary>
    public static Outcome<DatabaseParameters> Read(TaskCreate task)
    {
        try
        {
            var parameters = task.Params is { } json && json.ValueKind != JsonValueKind.Null
                ? json.Deserialize(DatabaseParametersJson.Default.DatabaseParameters) ?? new()
                : new DatabaseParameters();
            return parameters.Fault() is { } fault ? Invalid(fault) : parameters;
        }
        catch (JsonException e)
        {
            return Invalid($"params can't be read at {e.Path}: {e.Message.Split(" Path:")[0]}");
        }
    }

    /// <summary>Null: it may be sent as it is. <c>invalid_argument</c>: it can't be read, or holds a password in clear.</summary>
    public static Problem? CheckSent(TaskCreate task)
    {
        var parameters = Read(task);
        if (!parameters.Ok)
            return parameters.Problem;
        return parameters.Value.Target?.Password is null or "" || SecretReferences.NameOf(parameters.Value.Target.Password) is not null ? null : Invalid(
            "A password in params.target would be kept at the centre. Put it into the agent's connections.json and name that connection, "
            + "or into its secrets.env and write ${secret:NAME}.");
    }

    private string? Fault() =>
        Target is null && string.IsNullOrEmpty(Connection) ? "Give params.connection: a name of the agent's connections.json."
        : Database is not null && !IsDatabaseName(Database) ? "params.database can't be a database's name: at most 64 letters, digits, _, - and $."
        : Target?.Fault() ?? ExecOptions?.Fault();

    internal static bool IsDatabaseName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '$');

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}
