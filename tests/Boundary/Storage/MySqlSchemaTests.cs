using Outrider.MySql.Client;
using Outrider.Storage.Shared;
using Outrider.Testing;
using Outrider.Tests.Boundary.MySql;

namespace Outrider.Tests.Boundary.Storage;

/// <summary>The schema for MySQL, with this project's own client: the driver of the stores isn't in every feed.</summary>
[Collection(MariaDbGroup.Name)]
public sealed class MySqlSchemaTests(MariaDbFixture mariaDb)
{
    [Fact]
    public async Task Scripts_EachStatement_IsTakenByMariaDb()
    {
        using var deadline = new CancellationTokenSource(TestTimeouts.Default);
        await using var session = await ClientSession.ConnectAsync(mariaDb.Server.Root, deadline.Token);
        await session.RowsAsync("CREATE DATABASE shared_schema");
        await session.UseAsync("shared_schema", deadline.Token);
        SchemaPart[] parts =
        [
            SharedAuditLog.Schema(SqlDialect.MySql), SharedReportStore.Schema(SqlDialect.MySql), SharedMetricBackend.Schema(SqlDialect.MySql),
            SharedAlertStore.Schema(SqlDialect.MySql), SharedTaskStore.Schema(SqlDialect.MySql),
        ];
        foreach (var script in parts.SelectMany(part => part.Versions))
        {
            foreach (var statement in MySqlScript.Split(script))
                await session.RowsAsync(statement);
        }

        Assert.Equal(
            "outrider_alert,outrider_audit,outrider_fanout,outrider_metric_agent,outrider_metric_change,outrider_metric_chunk,outrider_metric_day,outrider_metric_journal,"
            + "outrider_metric_lease,outrider_metric_processes,outrider_metric_series,outrider_metric_tenant,outrider_notification,outrider_report,outrider_task,outrider_task_log",
            await session.ScalarAsync(
            "SELECT GROUP_CONCAT(table_name ORDER BY table_name) FROM information_schema.tables WHERE table_schema = 'shared_schema'"));
        Assert.Equal("2", await session.ScalarAsync("SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = 'shared_schema'"));
    }
}
