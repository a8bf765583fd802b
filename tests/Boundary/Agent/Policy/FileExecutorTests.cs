using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Outrider.Agent.Executors;
using Outrider.Agent.Executors.Files;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Agent.Policy;

public sealed class FileExecutorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-files-").FullName;
    private readonly Transfers _transfers = new();

    public FileExecutorTests()
    {
        foreach (var name in (string[])["in", "in/sub", "out", "agent"])
            Directory.CreateDirectory(At(name));
        File.WriteAllText(At("out/secret"), "secret");
        File.CreateSymbolicLink(At("in/link"), At("out"));
        File.CreateSymbolicLink(At("in/file"), At("out/secret"));
        File.CreateSymbolicLink(At("in/agent"), At("agent"));
        File.CreateSymbolicLink(At("in/root"), "/");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Write_File_IsThereWholeWithItsMode()
    {
        var end = await RunAsync("hello"u8, $$"""{"path":"{{At("in/new")}}","mode":"0640"}""");

        Assert.Equal("success", end.Status);
        Assert.Equal("hello", File.ReadAllText(At("in/new")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(At("in/new")));
        Assert.Equal((At("in/new"), 5, Hash("hello")), (Text(end, "path"), end.Result!.Value.GetProperty("bytes").GetInt64(), Text(end, "sha256")));
        Assert.Empty(Drafts());
    }

    [Fact]
    public async Task Write_Folder_KeepsTheFilesName()
    {
        await RunAsync("x"u8, $$"""{"path":"{{At("in/sub/")}}"}""", name: "given.txt");

        Assert.Equal("x", File.ReadAllText(At("in/sub/given.txt")));
    }

    [Theory]
    [InlineData(true, "success", "new")]
    [InlineData(false, "conflict", "old")]
    public async Task Write_FileThatIsThere_IsReplacedUnlessToldNotTo(bool overwrite, string outcome, string content)
    {
        File.WriteAllText(At("in/x"), "old");
        var end = await RunAsync("new"u8, $$"""{"path":"{{At("in/x")}}","overwrite":{{(overwrite ? "true" : "false")}}}""");

        Assert.Equal(outcome, end.Problem?.Code ?? end.Status);
        Assert.Equal(content, File.ReadAllText(At("in/x")));
        Assert.Empty(Drafts());
    }

    [Fact]
    public async Task Write_NameThatIsALink_ReplacesTheLinkAndNotWhatItNames()
    {
        Assert.Equal("success", (await RunAsync("new"u8, $$"""{"path":"{{At("in/file")}}"}""")).Status);

        Assert.Equal("secret", File.ReadAllText(At("out/secret")));
        Assert.Equal("new", File.ReadAllText(At("in/file")));
    }

    [Theory]
    [InlineData("{out}/x")]
    [InlineData("{in}/link/x")]
    [InlineData("{in}/../out/x")]
    [InlineData("{in}/./x")]
    [InlineData("{in}//x")]
    [InlineData("{in}/%2e%2e/x")]
    [InlineData("{in}/a\\b")]
    [InlineData("{in}/agent/secrets.env")]
    [InlineData("{in}/root/etc/x")]
    [InlineData("{in}/root/tmp")]
    [InlineData("{in}x/y")]
    [InlineData("{in}")]
    [InlineData("/etc/passwd")]
    [InlineData("/etc/x")]
    [InlineData("/usr/x")]
    [InlineData("/proc/self/cwd/x")]
    [InlineData("/proc/sysrq-trigger")]
    [InlineData("/sys/x")]
    [InlineData("/boot/x")]
    [InlineData("/root/x")]
    [InlineData("/root/.ssh/authorized_keys")]
    [InlineData("/dev/sda")]
    [InlineData("in/x")]
    [InlineData("")]
    public async Task Write_PathTrick_IsRefusedAndNothingWritten(string path)
    {
        var executor = Executor(new FilePolicy(true, Write: [At("in")]));
        var task = Task("x"u8, $$"""{"path":{{JsonSerializer.Serialize(path.Replace("{in}", At("in")).Replace("{out}", At("out")))}}}""");

        Assert.Contains((await executor.CheckAsync(task, default))?.Code, (string[])["policy_refused", "invalid_argument"]);
        Assert.Equal("failed", (await executor.RunAsync(task, new RecordedOutput(), default)).Status);
        Assert.Equal(0, _transfers.Fetched);
    }

    [Theory]
    [InlineData("/etc/outrider-test")]
    [InlineData("/root/x")]
    [InlineData("/usr/local/x")]
    public async Task Check_SystemFolder_NeedsAFolderOfThePolicyInIt(string path)
    {
        var task = Task("x"u8, $$"""{"path":"{{path}}"}""");

        Assert.Equal("always.system_folder", (await Executor(new FilePolicy(true, Write: ["/"])).CheckAsync(task, default))?.Details!["rule"]);
        Assert.Null(await Executor(new FilePolicy(true, Write: ["/", Path.GetDirectoryName(path)!])).CheckAsync(task, default));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a\nb")]
    public async Task Write_NameFromTheCentreThatIsNone_IsRefused(string name) =>
        Assert.Equal("policy_refused", (await RunAsync("x"u8, $$"""{"path":"{{At("in/")}}"}""", name: name)).Problem?.Code);

    [Theory]
    [InlineData("\"mode\":\"4755\"", "invalid_argument")]
    [InlineData("\"mode\":\"09\"", "invalid_argument")]
    [InlineData("\"mode\":\"rwx\"", "invalid_argument")]
    [InlineData("\"owner\":\"root\"", "policy_refused")]
    [InlineData("\"extract\":\"rar\"", "invalid_argument")]
    [InlineData("\"operation\":\"delete\"", "invalid_argument")]
    [InlineData("\"pth\":1", "invalid_argument")]
    public async Task Check_WrongParams_AreRefused(string member, string code) =>
        Assert.Equal(code, (await Executor().CheckAsync(Task("x"u8, $$"""{"path":"{{At("in/x")}}",{{member}}}"""), default))?.Code);

    [Fact]
    public async Task Check_TooLarge_IsRefused() => Assert.Equal("payload_too_large",
        (await Executor(new FilePolicy(true, Write: [At("in")], MaxBytes: 3)).CheckAsync(Task("xxxx"u8, $$"""{"path":"{{At("in/x")}}"}"""), default))?.Code);

    [Fact]
    public async Task Write_TransferFails_LeavesNothing()
    {
        _transfers.Problem = new Problem("file_invalid", "no");

        Assert.Equal("file_invalid", (await RunAsync("x"u8, $$"""{"path":"{{At("in/x")}}"}""")).Problem?.Code);
        Assert.False(File.Exists(At("in/x")));
        Assert.Empty(Drafts());
    }

    [Fact]
    public async Task Fetch_File_IsSentWithItsChecksum()
    {
        File.WriteAllText(At("in/log"), "hello");
        var end = await RunAsync(null, $$"""{"operation":"fetch","path":"{{At("in/log")}}"}""");

        Assert.Equal((Hash("hello"), "f1"), (Text(end, "sha256"), Text(end, "file_id")));
        Assert.Equal(("log", "hello"), (_transfers.StoredName, Encoding.UTF8.GetString(_transfers.Stored!)));
    }

    [Theory]
    [InlineData("in/file", "policy_refused")]
    [InlineData("in/link/secret", "policy_refused")]
    [InlineData("in/root/etc/hosts", "policy_refused")]
    [InlineData("in/agent/secrets.env", "policy_refused")]
    [InlineData("in/missing", "file_not_found")]
    [InlineData("in/sub", "invalid_argument")]
    [InlineData("in/pipe", "invalid_argument")]
    [InlineData("out/secret", "policy_refused")]
    public async Task Fetch_OtherThanAFileInside_IsRefused(string path, string code)
    {
        System.Diagnostics.Process.Start("mkfifo", At("in/pipe")).WaitForExit();
        var end = await RunAsync(null, $$"""{"operation":"fetch","path":"{{At(path)}}"}""");

        Assert.Equal(code, end.Problem?.Code);
        Assert.Null(_transfers.Stored);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public async Task Extract_Archive_BecomesAFolder(string kind)
    {
        var archive = Archive(kind, ("a.txt", "A"), ("sub/b.txt", "B"));
        var end = await RunAsync(archive, $$"""{"path":"{{At("in/app")}}","extract":"{{kind}}"}""");

        Assert.Equal("success", end.Status);
        Assert.Equal(("A", "B"), (File.ReadAllText(At("in/app/a.txt")), File.ReadAllText(At("in/app/sub/b.txt"))));
        Assert.Equal(2, end.Result!.Value.GetProperty("bytes").GetInt64());
        Assert.Equal("conflict", (await RunAsync(archive, $$"""{"path":"{{At("in/app")}}","extract":"{{kind}}"}""")).Problem?.Code);
        File.WriteAllText(At("in/app/old"), "");
        Assert.Equal("success", (await RunAsync(archive, $$"""{"path":"{{At("in/app")}}","extract":"{{kind}}","overwrite":true}""")).Status);
        Assert.False(File.Exists(At("in/app/old")));
        Assert.Empty(Drafts());
    }

    [Theory]
    [InlineData("zip", "../x")]
    [InlineData("zip", "/etc/x")]
    [InlineData("zip", "a/../../x")]
    [InlineData("zip", "a\\..\\x")]
    [InlineData("tar.gz", "../x")]
    [InlineData("tar.gz", "a/../../x")]
    public async Task Extract_EntryThatLeadsOut_IsRefusedWhole(string kind, string name)
    {
        var end = await RunAsync(Archive(kind, ("fine", "A"), (name, "B")), $$"""{"path":"{{At("in/app")}}","extract":"{{kind}}"}""");

        Assert.Equal("file_invalid", end.Problem?.Code);
        Assert.False(Directory.Exists(At("in/app")));
        Assert.False(File.Exists(At("in/x")));
        Assert.Empty(Drafts());
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public async Task Extract_Link_IsRefused(string kind)
    {
        using var bytes = new MemoryStream();
        if (kind == "zip")
        {
            using var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true);
            var entry = zip.CreateEntry("link");
            entry.ExternalAttributes = unchecked((int)0xA1FF0000);
            using var content = entry.Open();
            content.Write("/etc"u8);
        }
        else
        {
            using var zipped = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true);
            using var tar = new TarWriter(zipped);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc" });
        }

        Assert.Equal("file_invalid", (await RunAsync(bytes.ToArray(), $$"""{"path":"{{At("in/app")}}","extract":"{{kind}}"}""")).Problem?.Code);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public async Task Extract_Bomb_IsRefusedByItsRatio(string kind)
    {
        var end = await RunAsync(Archive(kind, ("zeros", new string('0', 30_000_000))), $$"""{"path":"{{At("in/app")}}","extract":"{{kind}}"}""");

        Assert.Equal("file_invalid", end.Problem?.Code);
        Assert.Contains("times its own size", end.Problem!.Message);
        Assert.Empty(Drafts());
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public async Task Extract_TooManyEntries_IsRefused(string kind)
    {
        var entries = Enumerable.Range(0, 10_001).Select(at => ($"{at}", "")).ToArray();

        Assert.Contains("entries", (await RunAsync(Archive(kind, entries), $$"""{"path":"{{At("in/app")}}","extract":"{{kind}}"}""")).Problem?.Message);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public async Task Extract_SomethingElse_IsRefused(string kind) => Assert.Equal("file_invalid",
        (await RunAsync(RandomNumberGenerator.GetBytes(5000), $$"""{"path":"{{At("in/app")}}","extract":"{{kind}}"}""")).Problem?.Code);

    [Fact]
    public async Task Extract_HeaderOfItsOwnKindThatIsHuge_IsRefusedBeforeAnybodyMakesRoom()
    {
        using var bytes = new MemoryStream();
        using (var zipped = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true))
        {
            var header = new byte[512];
            "x"u8.CopyTo(header);
            "0000644\0"u8.CopyTo(header.AsSpan(100));
            "17777777777\0"u8.CopyTo(header.AsSpan(124));
            "00000000000\0"u8.CopyTo(header.AsSpan(136));
            "        "u8.CopyTo(header.AsSpan(148));
            header[156] = (byte)'x';
            "ustar\00000"u8.CopyTo(header.AsSpan(257));
            var sum = header.Sum(value => value);
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
            zipped.Write(header);
            zipped.Write(new byte[1024]);
        }

        Assert.Contains("header of more than", (await RunAsync(bytes.ToArray(), $$"""{"path":"{{At("in/app")}}","extract":"tar.gz"}""")).Problem?.Message);
    }

    private static byte[] Archive(string kind, params (string Name, string Content)[] entries)
    {
        using var bytes = new MemoryStream();
        if (kind == "zip")
        {
            using var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, content) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(content);
            }
        }
        else
        {
            using var zipped = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true);
            using var tar = new TarWriter(zipped);
            foreach (var (name, content) in entries)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }
        return bytes.ToArray();
    }

    private Task<TaskComplete> RunAsync(ReadOnlySpan<byte> content, string parameters, string name = "given") => RunAsync(content.ToArray(), parameters, name);

    private Task<TaskComplete> RunAsync(byte[]? content, string parameters, string name = "given") =>
        Executor().RunAsync(Task(content, parameters, name), new RecordedOutput(), default);

    private FileExecutor Executor(FilePolicy? policy = null)
    {
        policy ??= new FilePolicy(true, Write: [At("in")], Read: [At("in")], MaxBytes: 100_000_000);
        return new FileExecutor(policy, new FileRules(policy, [At("agent")]), _transfers);
    }

    private TaskCreate Task(ReadOnlySpan<byte> content, string parameters) => Task(content.ToArray(), parameters);

    private TaskCreate Task(byte[]? content, string parameters, string name = "given")
    {
        _transfers.Content = content ?? [];
        return new()
        {
            TaskId = "t",
            Type = TaskTypes.File,
            Attempt = 1,
            Params = JsonDocument.Parse(parameters).RootElement,
            File = content is null ? null : new TaskFile("f0", name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), "grant"),
        };
    }

    private IEnumerable<string> Drafts() => new[] { _folder, At("in"), At("in/sub") }.SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, ".outrider-*"));

    private static string? Text(TaskComplete end, string member) => end.Result!.Value.GetProperty(member).GetString();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string At(string name) => $"{_folder}/{name}";

    private sealed class Transfers : IFileTransfers
    {
        public byte[] Content { get; set; } = [];

        public Problem? Problem { get; set; }

        public int Fetched { get; private set; }

        public string? StoredName { get; private set; }

        public byte[]? Stored { get; private set; }

        public async Task<Problem?> FetchAsync(TaskFile file, string path, CancellationToken cancellation)
        {
            Fetched++;
            await File.WriteAllBytesAsync(path, Content, cancellation);
            return Problem;
        }

        public async Task<Outcome<string>> StoreAsync(string task, string name, FileStream content, CancellationToken cancellation)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, cancellation);
            (StoredName, Stored) = (name, copy.ToArray());
            return "f1";
        }
    }
}
