using Outrider.Storage.Sqlite;
using Outrider.Tests.Conformance;

namespace Outrider.Tests.Grains.Runtime;

public sealed class EmbeddedSqliteConformanceTests : HostConformance
{
    protected override async Task<IHostFixture> StartAsync()
    {
        var store = new TemporaryDatabase();
        return await EmbeddedFixture.StartAsync(new SqliteStateStore(store.Database), new SqliteReminderStore(store.Database), store);
    }
}
