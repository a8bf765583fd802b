using System.Security.Cryptography;
using Outrider.Grains.Files;
using Outrider.Protocol.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Boundary.Gateway.Files;

/// <summary>The agent's own half of file transfers against the real gateway.</summary>
public sealed class FileTransferTests(FileLink link) : IClassFixture<FileLink>
{
    private const int Large = 40 * 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(FileBlocks.Bytes)]
    [InlineData(FileBlocks.Bytes + 1)]
    [InlineData(20_000_000)]
    public async Task Fetch_AFile_IsThereWholeAndForItsOwnerOnly(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var path = link.Here($"fetched-{size}");
        Assert.Null(await link.Transfers.FetchAsync(link.Grant(await link.KeepAsync(content)), path, default));
        Assert.Equal(content, await File.ReadAllBytesAsync(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Empty(Parts());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(FileBlocks.Bytes)]
    [InlineData(FileBlocks.Bytes + 1)]
    [InlineData(20_000_000)]
    public async Task Store_AFile_IsAFileOfTheTenant(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        // Content so short may be there already.
        if (await link.Keeper.Index.FindAsync("demo", Convert.ToHexStringLower(SHA256.HashData(content)), FileKind.Artefact, default) is { } there)
            await link.Keeper.DeleteAsync("demo", there);
        var stored = await StoreAsync(content, name: "/var/log/../syslog");
        Assert.Null(stored.Problem);
        var file = (await link.Keeper.Index.ReadAsync("demo", stored.Value!, default))!;
        Assert.Equal(("syslog", (long)size, "agent:db-1", FileKind.Artefact), (file.Name, file.Size, file.CreatedBy, file.Kind));
        Assert.Equal(content, await link.ReadAsync(file));
        Assert.Contains(link.Audit.Entries, entry => entry.Action == "file.upload" && entry.Target == file.Id && entry.Actor == "agent:db-1");
    }

    [Fact]
    public async Task Store_ContentThatTheTenantHas_IsNotSentAgain()
    {
        var content = RandomNumberGenerator.GetBytes(100_000);
        var first = await StoreAsync(content);
        link.Store.Begun.Clear();
        Assert.Equal(first.Value, (await StoreAsync(content, name: "other")).Value);
        Assert.Empty(link.Store.Begun);
    }

    [Fact]
    public async Task Fetch_LinkCutInTheMiddle_GoesOnWhereItWas()
    {
        var content = RandomNumberGenerator.GetBytes(Large);
        var file = link.Grant(await link.KeepAsync(content));
        link.Proxy.Arm(Large / 2);
        Assert.Null(await link.Transfers.FetchAsync(file, link.Here("cut"), default));
        Assert.True(link.Proxy.Faulted.IsCompleted);
        Assert.Equal(content, await File.ReadAllBytesAsync(link.Here("cut")));
        AssertNothingSentTwice();
    }

    [Fact]
    public async Task Fetch_AgentRestartedInTheMiddle_GoesOnWhereItWas()
    {
        var content = RandomNumberGenerator.GetBytes(Large);
        var file = link.Grant(await link.KeepAsync(content));
        using var stop = new CancellationTokenSource();
        var fetching = link.Transfers.FetchAsync(file, link.Here("restarted"), stop.Token);
        await link.Gateway.UntilAsync(() => Task.FromResult(Parts().Any(part => part.Length > Large / 4)), step: 0);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        await link.RestartAgentAsync();
        Assert.Null(await link.Transfers.FetchAsync(file, link.Here("restarted"), default));
        Assert.Equal(content, await File.ReadAllBytesAsync(link.Here("restarted")));
        AssertNothingSentTwice();
    }

    [Fact]
    public async Task Store_LinkCutInTheMiddle_GoesOnWhereItWas()
    {
        link.Store.Begun.Clear();
        var content = RandomNumberGenerator.GetBytes(Large);
        // The centre says a few bytes for each two megabytes.
        link.Proxy.Arm(700);
        var stored = await StoreAsync(content);
        Assert.Null(stored.Problem);
        Assert.Equal(content, await link.ReadAsync((await link.Keeper.Index.ReadAsync("demo", stored.Value!, default))!));
        Assert.True(link.Store.Begun.Count > 1);
        Assert.True(link.Store.Begun[^1] > 0, $"it began again at {link.Store.Begun[^1]}");
    }

    [Fact]
    public async Task Fetch_WithAGrantOfSomethingElse_IsForbidden()
    {
        var (file, other) = (await KeepSomeAsync(), await KeepSomeAsync());
        var foreign = await KeepSomeAsync("foreign");
        foreach (var refused in new[]
        {
            link.Grant(file, agent: "db-2"), link.Grant(file, agent: null), link.Grant(file, tenant: "foreign"), link.Grant(file, seconds: -1),
            link.Grant(file) with { FileId = other.Id }, link.Grant(file) with { Grant = "" }, link.Grant(foreign, tenant: "foreign"),
        })
        {
            Assert.Equal(ProblemCodes.Forbidden, (await link.Transfers.FetchAsync(refused, link.Here("never"), default))?.Code);
        }
        Assert.Equal(ProblemCodes.FileNotFound, (await link.Transfers.FetchAsync(link.Grant(foreign), link.Here("never"), default))?.Code);
        Assert.False(File.Exists(link.Here("never")));
    }

    [Fact]
    public async Task Fetch_NotWhatItsChecksumSays_IsInvalidAndNothingIsLeft()
    {
        var file = link.Grant(await KeepSomeAsync()) with { Sha256 = new string('a', 64) };
        Assert.Equal(ProblemCodes.FileInvalid, (await link.Transfers.FetchAsync(file, link.Here("never"), default))?.Code);
        Assert.Equal(ProblemCodes.FileInvalid, (await link.Transfers.FetchAsync(file with { Sha256 = "../../x" }, link.Here("never"), default))?.Code);
        Assert.False(File.Exists(link.Here("never")));
    }

    [Fact]
    public async Task Fetch_ToWhereSomethingIs_LeavesItAlone()
    {
        await File.WriteAllTextAsync(link.Here("there"), "mine");
        var file = link.Grant(await KeepSomeAsync());
        Assert.Equal(ProblemCodes.Unavailable, (await link.Transfers.FetchAsync(file, link.Here("there"), default))?.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(link.Here("there")));
    }

    [Fact]
    public async Task Store_ForATaskThatIsNotOpen_IsRefused()
    {
        link.Store.Begun.Clear();
        Assert.Equal(ProblemCodes.TaskNotFound, (await StoreAsync([1], task: "t-2")).Problem?.Code);
        Assert.Empty(link.Store.Begun);
    }

    [Fact]
    public async Task FetchAndStore_ManyAtOnce_AllEnd()
    {
        var contents = Enumerable.Range(0, 40).Select(_ => RandomNumberGenerator.GetBytes(500_000)).ToList();
        var files = new List<StoredFile>();
        foreach (var content in contents)
            files.Add(await link.KeepAsync(content));
        var fetched = files.Select((file, i) => link.Transfers.FetchAsync(link.Grant(file), link.Here($"many-{i}"), default));
        // The same content twice at once, too.
        var twice = Enumerable.Range(0, 3).Select(i => link.Transfers.FetchAsync(link.Grant(files[0]), link.Here($"twice-{i}"), default));
        var stored = Enumerable.Range(0, 40).Select(_ => StoreAsync(RandomNumberGenerator.GetBytes(500_000))).ToList();
        Assert.All(await Task.WhenAll([.. fetched, .. twice]), Assert.Null);
        Assert.All(await Task.WhenAll(stored), end => Assert.Null(end.Problem));
        for (var i = 0; i < contents.Count; i++)
            Assert.Equal(contents[i], await File.ReadAllBytesAsync(link.Here($"many-{i}")));
    }

    private void AssertNothingSentTwice()
    {
        var opened = link.Store.Opened;
        Assert.Equal(0, opened[0].From);
        Assert.True(opened[^1].From > 0);
        // What was under way when the link broke is lost, and no more than that.
        Assert.True(opened.Sum(one => one.Bytes) <= Large + (opened.Count - 1L) * FileBlocks.Window * FileBlocks.Bytes);
    }

    private Task<StoredFile> KeepSomeAsync(string tenant = "demo") => link.KeepAsync(RandomNumberGenerator.GetBytes(100), tenant);

    private List<FileInfo> Parts() => [.. new DirectoryInfo(link.Here("agent/transfers")).GetFiles()];

    private async Task<Outcome<string>> StoreAsync(byte[] content, string name = "result.bin", string task = FileLink.OpenTask)
    {
        var path = link.Here($"out-{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(path, content);
        await using var file = File.OpenRead(path);
        return await link.Transfers.StoreAsync(task, name, file, default);
    }
}
