using System.Security.Cryptography;
using Outrider.Grains.Files;
using Outrider.Protocol.Outcomes;
using Outrider.Storage.Files;
using Outrider.Testing.Processes;
using Outrider.Testing.Time;
using Outrider.Tests.EndToEnd;

namespace Outrider.Tests.Boundary.Storage.Files;

public sealed class DiskFileStoreTests : IDisposable
{
    private const string Tenant = "acme";
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("outrider-files-").FullName, "files");
    private readonly FakeTime _time = new(DateTimeOffset.UtcNow);
    private readonly DiskFileStore _store;

    public DiskFileStoreTests() => _store = new DiskFileStore(_folder, _time, reserve: 0);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task Commit_AnUpload_IsReadableAndForItsOwnerOnly()
    {
        await KeepAsync("abc"u8.ToArray());
        await using var content = (await _store.OpenAsync(Tenant, Abc, default))!;
        content.Position = 1;
        Assert.Equal("bc", await new StreamReader(content).ReadToEndAsync());

        var path = Path.Combine(_folder, Tenant, "ba", Abc);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        Assert.Empty(Uploads());
        Assert.Null(await _store.OpenAsync("other", Abc, default));
    }

    [Fact]
    public async Task Commit_TheSameContentAgain_ChangesNothing()
    {
        await KeepAsync("abc"u8.ToArray());
        var written = File.GetLastWriteTimeUtc(Path.Combine(_folder, Tenant, "ba", Abc));
        await KeepAsync("abc"u8.ToArray());
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(_folder, Tenant, "ba", Abc)));
        Assert.Empty(Uploads());
    }

    [Fact]
    public async Task Dispose_WithoutCommit_LeavesNothing()
    {
        await using (var upload = await BeginAsync())
            await upload.WriteAsync("abc"u8.ToArray(), default);
        Assert.Empty(Uploads());
    }

    [Fact]
    public async Task Begin_OneThatWasKept_GoesOnWhereItWas()
    {
        await using (var first = await BeginAsync("n1"))
        {
            await first.WriteAsync("abxx"u8.ToArray(), default);
            first.Keep();
        }
        await using var second = await BeginAsync("n1");
        Assert.Equal(4, second.Length);
        second.Truncate(2);
        await second.WriteAsync("c"u8.ToArray(), default);
        var read = new byte[10];
        Assert.Equal(2, await second.ReadAsync(1, read, default));
        Assert.Equal("bc"u8.ToArray(), read[..2]);
        await second.CommitAsync(Abc, default);
        Assert.NotNull(await _store.OpenAsync(Tenant, Abc, default));
    }

    [Fact]
    public async Task Begin_OneThatSomebodyWrites_IsRefusedForNow()
    {
        await using var first = await BeginAsync("n1");
        Assert.Equal(ProblemCodes.Unavailable, (await _store.BeginAsync(Tenant, "n1", 0, default)).Problem?.Code);
        await using var other = await BeginAsync("n2");
        // Another node of the cluster, which shares the folder.
        var node = new DiskFileStore(_folder, _time, reserve: 0);
        Assert.NotNull((await node.BeginAsync(Tenant, "n1", 0, default)).Problem);
    }

    [Fact]
    public async Task Begin_MoreThanTheDiskHolds_IsRefusedBeforeAByte()
    {
        var refused = await _store.BeginAsync(Tenant, null, long.MaxValue / 2, default);
        Assert.Equal(ProblemCodes.Unavailable, refused.Problem?.Code);
        Assert.Contains("disk lacks", refused.Problem!.Message, StringComparison.Ordinal);
        Assert.Empty(Uploads());
    }

    [SmallDiskFact]
    public async Task Write_ToAFullDisk_ThrowsAndLeavesRoom()
    {
        await using var disk = SmallDisk.Mount(4);
        var store = new DiskFileStore(disk.Path, _time, reserve: 0);
        var upload = (await store.BeginAsync(Tenant, null, 0, default)).Value!;
        await using (upload)
        {
            disk.Fill();
            await Assert.ThrowsAnyAsync<IOException>(async () => await upload.WriteAsync(new byte[1 << 20], default));
        }
        Assert.Empty(Directory.EnumerateFiles(disk.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Delete_ContentThatIsUsedAgainMeanwhile_StaysThere()
    {
        await KeepAsync("abc"u8.ToArray());
        await _store.DeleteAsync(Tenant, Abc, async () =>
        {
            // Whoever looks now doesn't find it: that is how they know.
            Assert.Null(await _store.OpenAsync(Tenant, Abc, default));
            return true;
        }, default);
        await using (var back = await _store.OpenAsync(Tenant, Abc, default))
            Assert.NotNull(back);

        await _store.DeleteAsync(Tenant, Abc, () => ValueTask.FromResult(false), default);
        Assert.Null(await _store.OpenAsync(Tenant, Abc, default));
        await _store.DeleteAsync(Tenant, Abc, () => throw new InvalidOperationException("There is nothing to ask about."), default);
        Assert.Empty(Uploads());
    }

    [Fact]
    public async Task Delete_WhileSomebodyReads_LetsThemReadToTheEnd()
    {
        await KeepAsync("abc"u8.ToArray());
        await using var content = (await _store.OpenAsync(Tenant, Abc, default))!;
        await _store.DeleteAsync(Tenant, Abc, () => ValueTask.FromResult(false), default);
        Assert.Equal("abc", await new StreamReader(content).ReadToEndAsync());
    }

    [Fact]
    public async Task Clean_WhatACrashLeft_IsRemovedAndNothingElse()
    {
        await KeepAsync("abc"u8.ToArray());
        await File.WriteAllTextAsync(Path.Combine(_folder, ".uploads", "0123.tmp"), "left by a crash");
        await using var written = await BeginAsync();
        await using (var kept = await BeginAsync("n1"))
            kept.Keep();
        var asked = new List<string>();
        await CleanAsync();
        Assert.Equal(2, Uploads().Length);
        Assert.Empty(asked);

        _time.Advance(DiskFileStore.KeptFor + TimeSpan.FromHours(1));
        await CleanAsync();
        // The one that is still being written is locked.
        Assert.Single(Uploads());
        Assert.Equal([$"{Tenant} {Abc}"], asked.Distinct());
        Assert.Null(await _store.OpenAsync(Tenant, Abc, default));

        ValueTask CleanAsync() => _store.CleanAsync((tenant, sha256) =>
        {
            asked.Add($"{tenant} {sha256}");
            return ValueTask.FromResult(false);
        }, default);
    }

    private string[] Uploads() => Directory.GetFiles(Path.Combine(_folder, ".uploads"));

    private async Task<IFileUpload> BeginAsync(string? name = null)
    {
        var begun = await _store.BeginAsync(Tenant, name, 0, default);
        Assert.Null(begun.Problem);
        return begun.Value!;
    }

    private async Task KeepAsync(byte[] content)
    {
        await using var upload = await BeginAsync();
        await upload.WriteAsync(content, default);
        await upload.CommitAsync(Convert.ToHexStringLower(SHA256.HashData(content)), default);
    }
}
