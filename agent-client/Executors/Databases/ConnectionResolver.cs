using Outrider.Agent.Connections;
using Outrider.Agent.Policy;
using Outrider.Agent.Secrets;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Databases;

/// <summary>Finds the database that a task means, as far as the policy lets it.</summary>
/// <param name="type">Of the task.</param>
/// <param name="policy">Of that type.</param>
/// <param name="catalog">The agent's own connections.</param>
/// <param name="hosts">Which hosts a task may give itself; null: none.</param>
/// <param name="secret">Gives a value of secrets.env by its name; null: there is none.</param>
internal sealed class ConnectionResolver(
    string type, DatabasePolicy policy, ConnectionCatalog catalog, IHostRules? hosts, Func<string, string?> secret)
{
    /// <summary>What stands against a task: its parameters, where it goes, or its text. Of a task with a file that is judged when the file has come.</summary>
    /// <param name="task">The task.</param>
    /// <param name="judge">Judges its text, given whether tasks may write there.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<Problem?> CheckAsync(TaskCreate task, Func<string, bool, Problem?> judge, CancellationToken cancellation)
    {
        var parameters = DatabaseParameters.Read(task);
        if (!parameters.Ok)
            return parameters.Problem;
        var mayWrite = await CheckAsync(parameters.Value, cancellation);
        return !mayWrite.Ok ? mayWrite.Problem : task.File is null ? judge(task.Command ?? "", mayWrite.Value) : null;
    }

    /// <summary>
    /// Whether tasks may write there; no secret is read. <c>connection_not_configured</c>, <c>policy_refused</c>, <c>invalid_argument</c>.
    /// </summary>
    public async ValueTask<Outcome<bool>> CheckAsync(DatabaseParameters parameters, CancellationToken cancellation)
    {
        if (parameters.Target is not { } target)
            return CheckName(parameters.Connection!);
        var address = await AddressAsync(target, cancellation);
        return address.Ok ? true : address.Problem;
    }

    /// <summary>The database, secrets filled in. Problems as those of <see cref="CheckAsync(DatabaseParameters, CancellationToken)"/>.</summary>
    public async ValueTask<Outcome<DatabaseConnection>> OpenAsync(DatabaseParameters parameters, CancellationToken cancellation)
    {
        if (parameters.Target is { } target)
            return await OpenTargetAsync(target, parameters.Database, cancellation);
        if (CheckName(parameters.Connection!) is { Ok: false } refused)
            return refused.Problem!;
        var connection = catalog.Open(parameters.Connection!, type, secret);
        if (!connection.Ok || parameters.Database is null || parameters.Database == connection.Value.Database)
            return connection;
        return connection.Value with { Database = parameters.Database, IsShared = false };
    }

    private Outcome<bool> CheckName(string name)
    {
        if (catalog.Find(name, type) is not { } settings)
            return catalog.NotConfigured(name, type);
        return policy.Connections?.Contains(name, StringComparer.Ordinal) == false
            ? PolicyRefusal.Because($"databases.{type}.connections", $"The agent's policy doesn't let tasks use connection {name}.")
            : settings.Write;
    }

    private async ValueTask<Outcome<DatabaseConnection>> OpenTargetAsync(TargetParameters target, string? database, CancellationToken cancellation)
    {
        if (SecretReferences.NameOf(target.Password) is { } unfilled)
        {
            return new Problem(ProblemCodes.InvalidArgument,
                $"The secret {unfilled} isn't in the agent's secrets.env, or its policy doesn't give it to tasks of type {type}.");
        }
        var address = await AddressAsync(target, cancellation);
        if (!address.Ok)
            return address.Problem;
        return new DatabaseConnection
        {
            Type = type,
            Host = address.Value,
            Port = target.Port ?? DatabaseDefaults.PortOf(type),
            User = target.User ?? DatabaseDefaults.UserOf(type),
            Password = target.Password ?? "",
            Database = database ?? target.Database ?? (target.Db is { Length: > 0 } db ? db : null),
            Tls = target.Mode!.Value,
            Write = true,
        };
    }

    private async ValueTask<Outcome<string>> AddressAsync(TargetParameters target, CancellationToken cancellation)
    {
        if (!policy.Targets || hosts is null)
        {
            return PolicyRefusal.Because($"databases.{type}.targets",
                "The agent's policy doesn't let tasks give a target of their own. "
                + $"Name a connection of its {ConnectionCatalog.FileName} in params.connection.");
        }
        var addresses = await hosts.ResolveAsync(target.Host!, target.Port ?? DatabaseDefaults.PortOf(type), cancellation);
        return addresses.Ok ? addresses.Value[0].ToString() : addresses.Problem;
    }
}
