using Outrider.Grains.Files;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>What every index of files must do, as tests. One is put under them by deriving from this class.</summary>
public abstract class FileIndexConformance : IAsyncLifetime
{
    protected const string Tenant = "acme";

    protected static DateTimeOffset At { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The index under test, empty at first.</summary>
    protected IFileIndex Index { get; private set; } = null!;

    public async Task InitializeAsync() => Index = await OpenAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task Add_AfterReopening_GivesTheSameFile()
    {
        var file = Some("a") with { Name = "磁盘 \ud83d\ude42.csv", Md5 = new string('0', 32), CreatedAt = At.AddTicks(1) };
        Assert.Equal(file, await AddAsync(file));
        Index = await ReopenAsync();

        Assert.Equal(file, await Index.ReadAsync(Tenant, "a", default));
        Assert.Equal(file, await Index.FindAsync(Tenant, file.Sha256, FileKind.User, default));
        Assert.Equal(file, Assert.Single(await ListAsync()));
        Assert.True(await Index.RefersToAsync(Tenant, file.Sha256, default));
    }

    [Fact]
    public async Task Add_TheSameContentAgain_GivesTheFileThatIsThere()
    {
        var first = await AddAsync(Some("a", sha256: "11"));
        Assert.Equal(first, await AddAsync(Some("b", sha256: "11") with { Name = "other" }));
        Assert.Equal(first, Assert.Single(await ListAsync()));
        Assert.Null(await Index.ReadAsync(Tenant, "b", default));

        // Another kind, another tenant, another content.
        Assert.Equal("c", (await AddAsync(Some("c", sha256: "11") with { Kind = FileKind.Artefact })).Id);
        Assert.Equal("d", (await Index.AddAsync("other", Some("d", sha256: "11"), default)).Id);
        Assert.Equal("e", (await AddAsync(Some("e", sha256: "22"))).Id);
    }

    [Fact]
    public async Task Add_TheSameContentAtOnce_AllGetOneFile()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AddAsync(Some($"f{i}", sha256: "11"))));
        Assert.Single(added.Distinct());
        Assert.Equal(added[0], Assert.Single(await ListAsync()));
    }

    [Fact]
    public async Task Read_AnotherTenantsFile_IsNotThere()
    {
        await AddAsync(Some("a", sha256: "11"));
        Assert.Null(await Index.ReadAsync("other", "a", default));
        Assert.Null(await Index.FindAsync("other", "11", FileKind.User, default));
        Assert.Empty(await Index.ListAsync("other", new FileQuery(), null, 10, default));
        Assert.False(await Index.RefersToAsync("other", "11", default));
        Assert.False(await Index.DeleteAsync("other", "a", default));
        Assert.NotNull(await Index.ReadAsync(Tenant, "a", default));
    }

    [Fact]
    public async Task Delete_AFile_IsGoneAndOthersOfItsContentStay()
    {
        await AddAsync(Some("a", sha256: "11"));
        await AddAsync(Some("b", sha256: "11") with { Kind = FileKind.Artefact });
        Assert.True(await Index.DeleteAsync(Tenant, "a", default));
        Assert.False(await Index.DeleteAsync(Tenant, "a", default));
        Assert.Null(await Index.ReadAsync(Tenant, "a", default));
        Assert.True(await Index.RefersToAsync(Tenant, "11", default));
        await Index.DeleteAsync(Tenant, "b", default);
        Assert.False(await Index.RefersToAsync(Tenant, "11", default));
        Assert.Equal("c", (await AddAsync(Some("c", sha256: "11"))).Id);
    }

    [Fact]
    public async Task List_PageByPage_GivesEachOnceTheNewestFirst()
    {
        // Two at each time: the id decides between them.
        for (var i = 0; i < 10; i++)
            await AddAsync(Some($"f{i}", at: At.AddSeconds(i / 2)));
        var seen = new List<string>();
        FileCursor? after = null;
        while (await Index.ListAsync(Tenant, new FileQuery(), after, 3, default) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(file => file.Id));
            after = new FileCursor(page[^1].CreatedAt, page[^1].Id);
        }
        Assert.Equal(["f8", "f9", "f6", "f7", "f4", "f5", "f2", "f3", "f0", "f1"], seen);
    }

    [Theory]
    [InlineData("*.csv", "A.csv,b.CSV")]
    [InlineData("a*", "A.csv,a_1.sql,a%1.sql")]
    [InlineData("*_*", "a_1.sql")]
    [InlineData("*%*", "a%1.sql")]
    [InlineData("*!*", "c!.txt")]
    [InlineData("a.csv", "A.csv")]
    [InlineData("*", "A.csv,b.CSV,a_1.sql,a%1.sql,c!.txt")]
    [InlineData("x*", "")]
    [InlineData("' OR 1=1 --", "")]
    public async Task List_ByPattern_GivesThoseNames(string pattern, string names)
    {
        string[] all = ["A.csv", "b.CSV", "a_1.sql", "a%1.sql", "c!.txt"];
        foreach (var (name, i) in all.Select((name, i) => (name, i)))
            await AddAsync(Some($"f{i}", at: At.AddSeconds(-i)) with { Name = name });
        Assert.Equal(names, string.Join(',', (await Index.ListAsync(Tenant, new FileQuery(pattern), null, 10, default)).Select(file => file.Name)));
    }

    [Fact]
    public async Task List_ByKind_GivesThatKind()
    {
        await AddAsync(Some("a"));
        await AddAsync(Some("b") with { Kind = FileKind.Artefact });
        Assert.Equal("b", Assert.Single(await Index.ListAsync(Tenant, new FileQuery("*", FileKind.Artefact), null, 10, default)).Id);
    }

    [Fact]
    public async Task Add_TheLongestName_IsTaken()
    {
        var name = new string('x', 251) + ".csv";
        Assert.Equal(name, (await AddAsync(Some("a") with { Name = name })).Name);
    }

    protected static StoredFile Some(string id, DateTimeOffset? at = null, string? sha256 = null) => new()
    {
        Id = id, Name = $"{id}.csv", Size = 5L << 30, ContentType = "text/csv", Sha256 = sha256 ?? id.PadLeft(64, '0'), Kind = FileKind.User,
        CreatedAt = at ?? At, CreatedBy = "key",
    };

    protected abstract Task<IFileIndex> OpenAsync();

    /// <summary>The same index as another process would see it.</summary>
    protected abstract Task<IFileIndex> ReopenAsync();

    protected async Task<StoredFile> AddAsync(StoredFile file) => await Index.AddAsync(Tenant, file, default);

    protected async Task<IReadOnlyList<StoredFile>> ListAsync() => await Index.ListAsync(Tenant, new FileQuery(), null, 100, default);
}
