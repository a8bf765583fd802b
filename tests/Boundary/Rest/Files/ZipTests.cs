using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Outrider.Api.Operations.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Boundary.Rest.Files;

public sealed class ZipTests(FileCentre files) : IClassFixture<FileCentre>
{
    private const int SizeAt = 24;
    private const int FlagsAt = 8;
    private const int MethodAt = 10;

    [Fact]
    public async Task Zip_AsItShouldBe_IsKept()
    {
        using var answer = await files.SendFormAsync(
            Make(("folder/", []), ("folder/a.txt", FileCentre.Content()), ("b.log", new byte[5_000_000]), ("ü.txt", [])), "good.zip");
        Assert.Equal("application/zip", (await FileCentre.ReadAsync(answer)).ContentType);
        using var empty = await files.SendFormAsync(Make(), "empty.zip");
        Assert.True(empty.IsSuccessStatusCode);
        using var stored = await files.SendFormAsync(Make(CompressionLevel.NoCompression, ("a.bin", FileCentre.Content())), "stored.zip");
        Assert.True(stored.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("../evil.sh")]
    [InlineData("a/../../evil.sh")]
    [InlineData("..\\evil.sh")]
    [InlineData("/etc/cron.d/evil")]
    [InlineData("\\\\server\\share\\evil")]
    [InlineData("C:/evil.bat")]
    [InlineData("a/./b")]
    [InlineData("a\nb")]
    public async Task Zip_PathThatLeadsOut_IsRefused(string path) => await RefusedAsync(Make((path, [1])), "path");

    [Fact]
    public async Task Zip_ABomb_IsRefused()
    {
        await RefusedAsync(Make(("zeros", new byte[60 * 1024 * 1024])), "times its size");
        // It says that it is small.
        var lies = Make(("zeros", new byte[11 * 1024 * 1024]));
        Patch(lies, SizeAt, 1000);
        await RefusedAsync(lies, "not as long as it says");
        var large = Make(("zeros", new byte[1000]));
        Patch(large, SizeAt, 600_000_000);
        await RefusedAsync(large, "more than");
    }

    [Fact]
    public async Task Zip_EntriesWithinEachOther_IsRefused()
    {
        var archive = Make(("a", FileCentre.Content()), ("b", FileCentre.Content()));
        // The second entry's header is where the first one's is: what Fifield's bomb is made of.
        var second = Directory(archive) + 46 + 1;
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(second + 42), 0);
        await RefusedAsync(archive, "overlap");
    }

    [Fact]
    public async Task Zip_WithMoreEntriesThanAllowed_IsRefused() =>
        await RefusedAsync(Make([.. Enumerable.Range(0, ZipCheck.MaxEntries + 1).Select(i => ($"{i}", Array.Empty<byte>()))]), "entries");

    [Theory]
    [InlineData(FlagsAt, 1, "encrypted")]
    [InlineData(FlagsAt, 1 << 13, "encrypted")]
    [InlineData(MethodAt, 12, "neither stored nor deflated")]
    [InlineData(FlagsAt, 1 << 4, "says something else")]
    public async Task Zip_OfAForm_IsRefused(int at, int value, string why)
    {
        var archive = Make(("a", FileCentre.Content()));
        BinaryPrimitives.WriteUInt16LittleEndian(archive.AsSpan(Directory(archive) + at), (ushort)value);
        await RefusedAsync(archive, why);
    }

    [Fact]
    public async Task Zip_WithASymbolicLink_IsRefused()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = archive.CreateEntry("link");
            entry.ExternalAttributes = unchecked((int)0xA1FF_0000);
            await using var target = entry.Open();
            await target.WriteAsync("/etc/passwd"u8.ToArray());
        }
        await RefusedAsync(bytes.ToArray(), "symbolic link");
    }

    [Fact]
    public async Task Zip_BrokenAnywhere_IsRefusedAndNeverFails()
    {
        await RefusedAsync([], "no ZIP archive");
        await RefusedAsync("PK\u0005\u0006"u8.ToArray(), "no ZIP archive");
        var good = Make(("folder/a.txt", Encoding.ASCII.GetBytes(new string('x', 300))), ("b", [1, 2, 3]));
        for (var length = 0; length < good.Length; length++)
        {
            using var cut = await files.SendFormAsync(good[..length], "cut.zip");
            Assert.Equal(422, (int)cut.StatusCode);
        }
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var mutated = (byte[])good.Clone();
            for (var n = random.Next(1, 4); n > 0; n--)
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            using var answer = await files.SendFormAsync(mutated, "mutated.zip");
            Assert.True((int)answer.StatusCode is 200 or 201 or 422, $"{answer.StatusCode} {Convert.ToHexString(mutated)}");
        }
    }

    [Fact]
    public async Task Zip_AsAnArtefact_IsKeptUnopened()
    {
        var bomb = Make(("../zeros", new byte[60 * 1024 * 1024]));
        using var answer = await files.SendAsync(new ByteArrayContent(bomb), $"?name=x.zip&kind=artefact&sha256={FileCentre.Sha256(bomb)}");
        Assert.True(answer.IsSuccessStatusCode);
    }

    private async Task RefusedAsync(byte[] archive, string why)
    {
        using var answer = await files.SendFormAsync(archive, "x.zip");
        Assert.Equal(422, (int)answer.StatusCode);
        var problem = await FileCentre.ProblemAsync(answer);
        Assert.Equal(ProblemCodes.FileInvalid, problem.Code);
        Assert.Contains(why, problem.Detail, StringComparison.Ordinal);
    }

    private static byte[] Make(params (string Path, byte[] Content)[] entries) => Make(CompressionLevel.Optimal, entries);

    private static byte[] Make(CompressionLevel level, params (string Path, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in entries)
            {
                using var entry = archive.CreateEntry(path, level).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    private static void Patch(byte[] archive, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(Directory(archive) + at), value);

    /// <summary>Where the first entry of the directory is.</summary>
    private static int Directory(byte[] archive) => (int)BinaryPrimitives.ReadUInt32LittleEndian(archive.AsSpan(archive.Length - 6));
}
