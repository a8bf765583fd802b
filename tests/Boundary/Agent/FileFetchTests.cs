using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Threading.Channels;
using Outrider.Agent.Configuration;
using Outrider.Agent.Files;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Protocol.Files;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Processes;
using Outrider.Tests.EndToEnd;

namespace Outrider.Tests.Boundary.Agent;

/// <summary>The agent's half of file transfers against a centre that does what a test says.</summary>
public sealed class FileFetchTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("outrider-agent-").FullName;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<ILinkMessage> _heard = Channel.CreateUnbounded<ILinkMessage>();
    private FakeCentre _centre = null!;
    private FileTransfers _transfers = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _centre = await FakeCentre.StartAsync(TimeProvider.System);
        _centre.Capabilities = [LinkProtocol.Files];
        _centre.Hear = async message => await _heard.Writer.WriteAsync(message);
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _centre.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Fetch_ABlockDamaged_AsksFromThatBlockOn()
    {
        await StartAsync(_data);
        var content = RandomNumberGenerator.GetBytes(3 * FileBlocks.Bytes);
        var fetching = _transfers.FetchAsync(Describe(content), Path.Combine(_data, "file"), default);
        var first = await HearAsync<FileOpen>();
        Assert.Equal(0U, first.FromBlock);
        await _centre.SendAsync(new FileState(first.Transfer, 0));
        await _centre.SendAsync(Frame(first.Transfer, 0, content));
        var damaged = Frame(first.Transfer, 1, content);
        damaged[^1] ^= 1;
        await _centre.SendAsync(damaged);
        await _centre.SendAsync(Frame(first.Transfer, 2, content));
        var told = await HearAsync<FileState>();
        Assert.Equal((first.Transfer, 1U, ProblemCodes.FileInvalid), (told.Transfer, told.Next, told.Problem?.Code));

        var second = await HearAsync<FileOpen>();
        Assert.Equal(1U, second.FromBlock);
        await _centre.SendAsync(new FileState(second.Transfer, 1));
        await _centre.SendAsync(Frame(second.Transfer, 1, content));
        await _centre.SendAsync(Frame(second.Transfer, 2, content));
        Assert.Equal(3U, (await HearAsync<FileState>()).Next);
        Assert.Null(await fetching);
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(_data, "file")));
    }

    [Fact]
    public async Task Fetch_GivenUp_TellsTheCentre()
    {
        await StartAsync(_data);
        using var cancellation = new CancellationTokenSource();
        var fetching = _transfers.FetchAsync(Describe(new byte[3 * FileBlocks.Bytes]), Path.Combine(_data, "file"), cancellation.Token);
        var open = await HearAsync<FileOpen>();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        var told = await HearAsync<FileState>();
        Assert.Equal((open.Transfer, ProblemCodes.Canceled), (told.Transfer, told.Problem?.Code));
        // A block that was under way is no violation.
        await _centre.SendAsync(Frame(open.Transfer, 0, new byte[3 * FileBlocks.Bytes]));
        _ = _transfers.FetchAsync(Describe([1]), Path.Combine(_data, "other"), _stopping.Token);
        Assert.NotEqual(open.Transfer, (await HearAsync<FileOpen>()).Transfer);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public async Task Fetch_BlockOutOfOrder_EndsTheLink(uint number, bool ofTheTransfer)
    {
        await StartAsync(_data);
        var content = new byte[3 * FileBlocks.Bytes];
        _ = _transfers.FetchAsync(Describe(content), Path.Combine(_data, "file"), _stopping.Token);
        var open = await HearAsync<FileOpen>();
        await _centre.SendAsync(Frame(ofTheTransfer ? open.Transfer : "f99", number, content));
        Assert.Equal(ProblemCodes.FrameOutOfOrder, (await _centre.ErrorAsync()).Code);
    }

    [Fact]
    [SuppressMessage("Reliability", "CA2025", Justification = "It ends before the file is closed, or isn't needed any more.")]
    public async Task Store_FileChangedMeanwhile_IsInvalid()
    {
        await StartAsync(_data);
        var path = Path.Combine(_data, "result");
        await File.WriteAllBytesAsync(path, new byte[2 * FileBlocks.Bytes]);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var storing = _transfers.StoreAsync("t-1", "result", file, default);
        var open = await HearAsync<FileOpen>();
        Assert.Equal((2L * FileBlocks.Bytes, "result", "t-1"), (open.Size, open.Name, open.TaskId));
        file.SetLength(FileBlocks.Bytes);
        await _centre.SendAsync(new FileState(open.Transfer, 0));
        Assert.Equal(ProblemCodes.FileInvalid, (await storing).Problem?.Code);
        Assert.Equal(ProblemCodes.Canceled, (await HearAsync<FileState>()).Problem?.Code);
    }

    [Fact]
    [SuppressMessage("Reliability", "CA2025", Justification = "It ends before the file is closed, or isn't needed any more.")]
    public async Task Store_CentreTakesNothing_SendsNoMoreThanTheWindow()
    {
        await StartAsync(_data);
        var path = Path.Combine(_data, "result");
        await using (var made = File.Create(path))
            made.SetLength(2L * FileBlocks.Window * FileBlocks.Bytes);
        await using var file = File.OpenRead(path);
        _ = _transfers.StoreAsync("t-1", "result", file, _stopping.Token);
        var open = await HearAsync<FileOpen>();
        _centre.Blocks = 0;
        await _centre.SendAsync(new FileState(open.Transfer, 0));
        await _centre.UntilBlocksAsync(FileBlocks.Window);
        await _centre.SendAsync(new FileState(open.Transfer, 5));
        await _centre.UntilBlocksAsync(FileBlocks.Window + 5);
    }

    [Fact]
    public async Task Fetch_CentreSaysLater_AsksAgain()
    {
        await StartAsync(_data);
        var fetching = _transfers.FetchAsync(Describe([1]), Path.Combine(_data, "file"), default);
        var first = await HearAsync<FileOpen>();
        await _centre.SendAsync(new FileState(first.Transfer, 0, Problem: new Problem(ProblemCodes.Unavailable, "Not now.") { RetryAfterSeconds = 1 }));
        var second = await HearAsync<FileOpen>();
        await _centre.SendAsync(new FileState(second.Transfer, 0, Problem: new Problem(ProblemCodes.FileNotFound, "It is gone.")));
        Assert.Equal(ProblemCodes.FileNotFound, (await fetching)?.Code);
    }

    [SmallDiskFact]
    public async Task Fetch_MoreThanTheDiskHolds_SaysSo()
    {
        await using var disk = SmallDisk.Mount(4);
        await StartAsync(disk.Path);
        var before = await _transfers.FetchAsync(Describe([1]) with { Size = 100_000_000 }, Path.Combine(_data, "file"), default);
        Assert.Equal(ProblemCodes.Unavailable, before?.Code);
        Assert.Contains("is full", before!.Message, StringComparison.Ordinal);

        var content = RandomNumberGenerator.GetBytes(30 * FileBlocks.Bytes);
        var fetching = _transfers.FetchAsync(Describe(content), Path.Combine(_data, "file"), default);
        var open = await HearAsync<FileOpen>();
        await _centre.SendAsync(new FileState(open.Transfer, 0));
        disk.Fill();
        for (var number = 0U; number < 30; number++)
            await _centre.SendAsync(Frame(open.Transfer, number, content));
        Assert.Equal(ProblemCodes.Unavailable, (await HearAsync<FileState>()).Problem?.Code);
        var during = await fetching;
        Assert.Equal(ProblemCodes.Unavailable, during?.Code);
        Assert.Contains("is full", during!.Message, StringComparison.Ordinal);
        await _stopping.CancelAsync();
        await _running;
    }

    private async Task StartAsync(string data)
    {
        var log = new AgentLog(TextWriter.Null, TimeProvider.System);
        var options = new AgentOptions { Name = "db-1", EnrolmentToken = "ort.demo.t.s", DataDirectory = data };
        _transfers = new FileTransfers(data, log, TimeProvider.System);
        _running = new AgentHost
        {
            Options = options, Executors = [], Files = _transfers, Log = log, Time = TimeProvider.System,
            Transport = new WebSocketTransport(_centre.Url, options, TimeProvider.System),
        }.RunAsync(_stopping.Token);
        await _centre.LinkedAsync();
    }

    private async Task<T> HearAsync<T>() where T : ILinkMessage =>
        Assert.IsType<T>(await _heard.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60)));

    private static TaskFile Describe(byte[] content) =>
        new("file", "file.bin", content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), "grant");

    private static byte[] Frame(string transfer, uint number, byte[] content)
    {
        var length = FileBlocks.LengthOf(content.Length, number);
        var frame = new byte[FileBlockCodec.BytesAt(transfer) + length];
        content.AsSpan((int)number * FileBlocks.Bytes, length).CopyTo(frame.AsSpan(FileBlockCodec.BytesAt(transfer)));
        FileBlockCodec.Seal(frame, transfer, number);
        return frame;
    }
}
