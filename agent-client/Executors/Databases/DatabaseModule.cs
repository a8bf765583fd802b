using Outrider.Agent.Executors.ClickHouse;
using Outrider.Agent.Executors.Mongo;
using Outrider.Agent.Executors.MySql;
using Outrider.Agent.Executors.Postgres;
using Outrider.Agent.Policy;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Databases;

/// <summary>The executors for tasks on databases put together: one for each type that the policy enables.</summary>
internal sealed class DatabaseModule : IAsyncDisposable
{
    private readonly List<IDatabase> _databases = [];
    private readonly DatabaseSurroundings _around;

    public DatabaseModule(DatabasesPolicy? policies, DatabaseSurroundings around)
    {
        _around = around;
        Executors =
        [
            .. Sql(policies, TaskTypes.MySql, () => new MySqlDatabase(TaskTypes.MySql, around.Time)),
            .. Sql(policies, TaskTypes.Doris, () => new MySqlDatabase(TaskTypes.Doris, around.Time)),
            .. Sql(policies, TaskTypes.Postgres, () => new PostgresDatabase()),
            .. Sql(policies, TaskTypes.ClickHouse, () => new ClickHouseDatabase(around.Time)),
            .. Mongo(policies),
        ];
    }

    public IReadOnlyList<IExecutor> Executors { get; }

    /// <inheritdoc cref="DatabaseSurroundings.ClearScratch"/>
    public void ClearScratch() => _around.ClearScratch();

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
            await database.DisposeAsync();
    }

    private IEnumerable<IExecutor> Sql(DatabasesPolicy? policies, string type, Func<IDatabase> create)
    {
        if (policies?.Of(type) is not { } policy)
            yield break;
        var database = create();
        _databases.Add(database);
        yield return new SqlTaskExecutor(type, policy, Resolver(type, policy), Source(".sql"), database, _around.Time);
    }

    private IEnumerable<IExecutor> Mongo(DatabasesPolicy? policies)
    {
        if (policies?.Of(TaskTypes.Mongo) is not { } policy)
            yield break;
        var shell = new MongoShell(policy.Program, _around.Scratch, _around.Time);
        yield return new MongoExecutor(policy, Resolver(TaskTypes.Mongo, policy), Source(".json"), shell, _around.Time);
    }

    private ConnectionResolver Resolver(string type, DatabasePolicy policy) => new(type, policy, _around.Connections, _around.Hosts, _around.Secret);

    private SqlSource Source(string extension) => new(_around.Scratch, _around.Transfers, extension);
}
