using System.Collections.Concurrent;
using Outrider.Grains.Audit;
using Outrider.Storage;
using Outrider.Storage.Shared;
using Outrider.Testing;
using Outrider.Testing.MySql;
using Outrider.Testing.Time;

namespace Outrider.Tests.Conformance.Storage;

/// <summary><see cref="SharedAuditLog"/> on a server: several nodes, and a server that is lost, silent or full of others' rows.</summary>
public abstract class SharedAuditLogConformance(ISharedServer server) : AuditLogConformance
{
    private readonly List<SharedAuditLog> _logs = [];
    private SharedPlace _place = null!;

    public sealed override async Task DisposeAsync()
    {
        foreach (var log in _logs)
            await log.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Append_64AtATime_AreAllThere()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async appender =>
        {
            for (var i = 0; i < 50; i++)
                await Log.AppendAsync(Entry($"{appender}/{i}"), default);
        }));

        Assert.Equal(64 * 50, (await ReadAllAsync(500)).DistinctBy(entry => entry.Detail).Count());
    }

    [Fact]
    public async Task Append_TwoNodesAtTheSameTimes_ReadPageByPageWithoutAGap()
    {
        var other = Open(_place.Open());
        await Task.WhenAll(Enumerable.Range(0, 200).SelectMany(i => new[]
        {
            Log.AppendAsync(Entry($"a{i}"), default).AsTask(), other.AppendAsync(Entry($"b{i}"), default).AsTask(),
        }));

        var entries = await ReadAllAsync();
        Assert.Equal(400, entries.Count);
        Assert.Equal(400, entries.DistinctBy(entry => entry.Detail).Count());
    }

    [Fact]
    public async Task Append_AnswerLost_IsThereOnce()
    {
        await using var proxy = FaultyProxy.Start(server.Port, FaultyProxy.Fault.Cut);
        var log = Open(_place.Open(proxy: proxy));
        await log.AppendAsync(Entry("first"), default);
        proxy.Arm(0);
        await log.AppendAsync(Entry("second"), default);

        Assert.True(proxy.Faulted.IsCompletedSuccessfully);
        Assert.Equal(["second", "first"], (await ReadAllAsync()).Select(entry => entry.Detail));
    }

    [Fact]
    public async Task Append_ServerCrashesInTheMiddle_EveryAcknowledgedOneIsThere()
    {
        var acknowledged = new ConcurrentBag<string>();
        var progress = new EventLog();
        using var stop = new CancellationTokenSource();
        var appenders = Enumerable.Range(0, 16).Select(appender => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                try
                {
                    await Log.AppendAsync(Entry($"{appender}/{i}"), default).AsTask().WaitAsync(TestTimeouts.Default);
                    acknowledged.Add($"{appender}/{i}");
                    progress.Record("acknowledged");
                }
                catch (StorageException)
                {
                    // A clear answer: it may be there, or not.
                }
            }
        })).ToList();

        await progress.UntilAsync("acknowledged", 500);
        await server.CrashAsync();
        var before = progress.Count("acknowledged");
        await server.StartAgainAsync();
        await progress.UntilAsync("acknowledged", before + 500);
        await stop.CancelAsync();
        await Task.WhenAll(appenders);

        var details = (await ReadAllAsync(500)).Select(entry => entry.Detail!).ToList();
        Assert.Empty(acknowledged.Except(details));
        Assert.Equal(details.Count, details.Distinct().Count());
    }

    [Fact]
    public async Task Append_ServerGone_FailsClearlyWhenTheTriesAreOver_AndWorksAgainWhenItIsBack()
    {
        var time = new FakeTime();
        var log = Open(_place.Open(time));
        await log.AppendAsync(Entry("before"), default);
        await server.CrashAsync();
        try
        {
            var append = log.AppendAsync(Entry("lost"), default).AsTask();
            while (await Task.WhenAny(append, time.UntilTimersWaitAsync(2)).WaitAsync(TestTimeouts.Default) != append)
                time.Advance(TimeSpan.FromMilliseconds(500));

            var error = await Assert.ThrowsAsync<StorageException>(() => append);
            Assert.Contains("can't be reached", error.Message);
        }
        finally
        {
            await server.StartAgainAsync();
        }
        await log.AppendAsync(Entry("after"), default);
        Assert.Equal(["after", "before"], (await log.ReadAsync("acme", new AuditQuery(), null, 10, default)).Select(entry => entry.Detail));
    }

    [Fact]
    public async Task AppendAndRead_ServerSilent_FailAtTheLimit()
    {
        var time = new FakeTime();
        await using var proxy = FaultyProxy.Start(server.Port, FaultyProxy.Fault.Stall);
        var database = _place.Open(time, proxy);
        var log = Open(database);
        await log.AppendAsync(Entry("before"), default);
        proxy.Arm(0);
        var append = log.AppendAsync(Entry("x"), default).AsTask();
        await proxy.Faulted.WaitAsync(TestTimeouts.Default);
        var queued = log.AppendAsync(Entry("y"), default).AsTask();
        var read = log.ReadAsync("acme", new AuditQuery(), null, 10, default).AsTask();
        await time.UntilTimersWaitAsync(2);
        time.Advance(SharedDatabase.Limit);

        foreach (var waiting in new[] { append, queued, read })
        {
            var error = await Assert.ThrowsAsync<StorageException>(() => waiting.WaitAsync(TestTimeouts.Default));
            Assert.Contains("within 10 s", error.Message);
        }
    }

    [Fact]
    public async Task Append_OneThatTheDatabaseRefuses_FailsAlone()
    {
        // Longer than any key may be.
        var refused = Entry("refused") with { Tenant = RandomText(100_000) };
        var appends = Enumerable.Range(0, 20).Select(i => Log.AppendAsync(i == 7 ? refused : Entry($"{i}"), default).AsTask()).ToList();

        await Assert.ThrowsAsync<StorageException>(() => appends[7]);
        await Task.WhenAll(appends.Where((_, i) => i != 7));
        Assert.Equal(19, (await ReadAllAsync()).Count);
    }

    [Theory]
    [InlineData("UPDATE outrider_audit SET actor = 'nobody'")]
    [InlineData("DELETE FROM outrider_audit")]
    public async Task Entry_CannotBeChangedOrRemoved(string sql)
    {
        await Log.AppendAsync(Entry("x") with { At = DateTimeOffset.UtcNow.AddDays(-363) }, default);

        var error = await Assert.ThrowsAsync<StorageException>(() => _place.Open().RunAsync(session => session.ExecuteAsync(sql), default));
        Assert.Contains("append only", error.Message);
        Assert.Equal("k1", Assert.Single(await Log.ReadAsync("acme", new AuditQuery(), null, 10, default)).Actor);
    }

    [Fact]
    public async Task Migrate_FromThePreviousVersion_KeepsEntries()
    {
        var schema = SharedAuditLog.Schema(server.Dialect);
        await using var place = await SharedPlace.CreateAsync(server, schema with { Versions = [schema.Versions[0]] });
        var database = place.Open();
        await database.RunAsync(session => session.ExecuteAsync(
            "INSERT INTO outrider_audit (tenant, at, id, actor, action, target, outcome) VALUES ('acme', @p1, 7, 'k1', 'sql.run', 'prod-1', 'ok')",
            At.UtcTicks), default);
        await new SharedMigrator(database, schema).MigrateAsync(default);

        var log = Open(database);
        await log.AppendAsync(Entry("new") with { At = At.AddSeconds(1), Task = "t", Ip = "::1", Ms = 0 }, default);
        Assert.Equal(
            [Entry("new") with { At = At.AddSeconds(1), Task = "t", Ip = "::1", Ms = 0 }, Entry(null)],
            await log.ReadAsync("acme", new AuditQuery(), null, 10, default));
    }

    [Fact]
    public async Task Dispose_WithAppendsWaiting_WritesThem()
    {
        var log = Open(_place.Open());
        var appends = Enumerable.Range(0, 1000).Select(i => log.AppendAsync(Entry($"{i}"), default).AsTask()).ToList();
        await log.DisposeAsync();

        await Task.WhenAll(appends);
        Assert.Equal(1000, (await ReadAllAsync(500)).Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => log.AppendAsync(Entry("late"), default).AsTask());
    }

    protected sealed override async Task<IAuditLog> OpenAsync()
    {
        _place = await SharedPlace.CreateAsync(server, SharedAuditLog.Schema(server.Dialect));
        return Open(_place.Open());
    }

    private SharedAuditLog Open(SharedDatabase database)
    {
        var log = new SharedAuditLog(database);
        _logs.Add(log);
        return log;
    }

    /// <summary>Text that doesn't compress: PostgreSQL measures a key after compressing it.</summary>
    private static string RandomText(int length) => System.Security.Cryptography.RandomNumberGenerator.GetHexString(length);
}
