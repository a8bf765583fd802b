using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Outrider.Silo.Orleans;
using Outrider.Silo.Orleans.Configuration;
using Outrider.Silo.Orleans.Database;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Cluster.Process;

/// <summary>Holds our tables and statements to what Orleans' ADO.NET providers are promised, on both databases.</summary>
[Collection(SiloProcessGroup.Name)]
public sealed class ClusterDatabaseTests(SiloDatabases databases)
{
    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task State_OfManyWritersAtOnce_ExactlyOneIsAcknowledged(string kind)
    {
        await using var silo = await StartAsync(kind);
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("Default");
        var grain = GrainId.Create("tenant", "acme");

        // First with no row yet, then with one that all have read.
        for (var round = 0; round < 3; round++)
        {
            var read = await ReadAsync(storage, grain);
            var writers = Enumerable.Range(0, 8).Select(i => new Orleans.GrainState<Note>(new Note { Text = $"{round}.{i}" }, read.ETag)).ToList();
            var outcomes = await Task.WhenAll(writers.Select(writer => WriteAsync(storage, grain, writer)));

            Assert.Single(outcomes, written => written);
            Assert.Equal(writers[Array.IndexOf(outcomes, true)].State!.Text, await TextAsync(storage, grain));
        }
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task State_ClearedAndWrittenAnew_RefusesWhoReadTheOldOne(string kind)
    {
        await using var silo = await StartAsync(kind);
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("Default");
        var grain = GrainId.Create("tenant", "Ünïcode/☃");
        // More than the 64 KB that a BLOB takes.
        var state = new Orleans.GrainState<Note>(new Note { Text = new string('x', 300_000) });
        await storage.WriteStateAsync("state", grain, state);
        Assert.Equal(300_000, (await TextAsync(storage, grain)).Length);
        var old = await ReadAsync(storage, grain);

        await storage.ClearStateAsync("state", grain, state);
        Assert.False((await ReadAsync(storage, grain)).RecordExists);
        Assert.False(await WriteAsync(storage, grain, old));
        Assert.True(await WriteAsync(storage, grain, new Orleans.GrainState<Note>(new Note { Text = "new" })));
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task State_KeysThatLookAlike_AreRowsOfTheirOwn(string kind)
    {
        await using var silo = await StartAsync(kind);
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("Default");
        GrainId[] grains =
        [
            .. new[] { "abc", "ABC", "0abc", "abc+d", "a", "A" }.Select(key => GrainId.Create("tenant", key)),
            GrainId.Create("agent_directory", "abc"), GrainId.Create("tenant", "0123456789abcdef0123456789abcdef"),
            GrainId.Create("tenant", "0123456789ABCDEF0123456789ABCDEF"),
        ];
        foreach (var grain in grains)
            await storage.WriteStateAsync("state", grain, new Orleans.GrainState<Note>(new Note { Text = grain.ToString() }));

        foreach (var grain in grains)
            Assert.Equal(grain.ToString(), await TextAsync(storage, grain));
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task Membership_ChangeFromAnOldVersion_IsRefused(string kind)
    {
        await using var silo = await StartAsync(kind);
        var table = silo.Services.GetRequiredService<IMembershipTable>();
        var members = await table.ReadAllAsync();
        var own = Assert.Single(members.Members);
        var another = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(own.Item1.SiloAddress.Endpoint, 1), SiloName = "other", HostName = "host", Status = SiloStatus.Dead,
            StartTime = own.Item1.StartTime, IAmAliveTime = own.Item1.IAmAliveTime,
        };

        Assert.True(await table.InsertRowAsync(another, members.Version.Next()));
        Assert.False(await table.InsertRowAsync(another, members.Version.Next()));
        Assert.False(await table.UpdateRowAsync(another, own.Item2, members.Version.Next()));
        var now = await table.ReadAllAsync();
        Assert.Equal((2, members.Version.Version + 1), (now.Members.Count, now.Version.Version));
        // There already, in the right version: an answer, not an error.
        Assert.False(await table.InsertRowAsync(another, now.Version.Next()));
        Assert.True(await table.UpdateRowAsync(another, now.Members[0].Item2, now.Version.Next()));
        Assert.Equal(now.Version.Version + 1, (await table.ReadRowAsync(another.SiloAddress)).Version.Version);
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task Reminders_SetReadAndRemoved_KeepTheirVersion(string kind)
    {
        await using var silo = await StartAsync(kind);
        var table = silo.Services.GetRequiredService<IReminderTable>();
        var grain = GrainId.Create("tenant", "acme");
        var entry = new ReminderEntry
        {
            GrainId = grain, ReminderName = "daily", Period = TimeSpan.FromDays(30), StartAt = new DateTime(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc),
        };

        var first = await table.UpsertRow(entry);
        var second = await table.UpsertRow(entry);
        var read = await table.ReadRow(grain, "daily");
        var hash = grain.GetUniformHashCode();

        Assert.NotEqual(first, second);
        Assert.Equal((second, entry.Period, entry.StartAt), (read!.ETag, read.Period, read.StartAt));
        Assert.Single((await table.ReadRows(grain)).Reminders);
        Assert.Single((await table.ReadRows(hash - 1, hash)).Reminders);
        Assert.Empty((await table.ReadRows(hash, hash + 1)).Reminders);
        Assert.False(await table.RemoveRow(grain, "daily", first!));
        Assert.True(await table.RemoveRow(grain, "daily", second!));
        Assert.Empty((await table.ReadRows(grain)).Reminders);
    }

    private async Task<WebApplication> StartAsync(string kind)
    {
        var given = await databases.CreateAsync(kind);
        var settings = new SiloSettings
        {
            Url = "http://127.0.0.1:0",
            SiloPort = FreePort.Next(),
            PlatformKey = $"orp.{new string('a', 64)}",
            Database = kind == "mysql" ? DatabaseKind.MySql : DatabaseKind.PostgreSql,
            DatabaseConnection = given["OUTRIDER_DATABASE_CONNECTION"],
            LogLevel = LogLevel.None,
            Drain = TimeSpan.Zero,
        };
        await using (var database = new ClusterDatabase(settings))
            await database.Migrator.MigrateAsync(CancellationToken.None);
        var silo = Centre.Build(settings);
        await silo.StartAsync();
        return silo;
    }

    private static async Task<Orleans.GrainState<Note>> ReadAsync(IGrainStorage storage, GrainId grain)
    {
        var state = new Orleans.GrainState<Note>(new Note());
        await storage.ReadStateAsync("state", grain, state);
        return state;
    }

    private static async Task<string> TextAsync(IGrainStorage storage, GrainId grain) => (await ReadAsync(storage, grain)).State!.Text;

    private static async Task<bool> WriteAsync(IGrainStorage storage, GrainId grain, Orleans.GrainState<Note> state)
    {
        try
        {
            await storage.WriteStateAsync("state", grain, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private sealed class Note
    {
        public string Text { get; set; } = "";
    }
}
