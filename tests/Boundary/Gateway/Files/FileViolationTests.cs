using System.Net.WebSockets;
using System.Security.Cryptography;
using Outrider.Grains.Files;
using Outrider.Protocol.Files;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Link;

namespace Outrider.Tests.Boundary.Gateway.Files;

/// <summary>Agents without manners that move files.</summary>
public sealed class FileViolationTests(FileLink link) : IClassFixture<FileLink>
{
    [Fact]
    public async Task Block_Damaged_IsAskedForAgainAndWhatIsGoodIsKept()
    {
        await link.RestartAgentAsync();
        var content = RandomNumberGenerator.GetBytes(2 * FileBlocks.Bytes + 5);
        // As db-1 itself: its task is the open one.
        await using var agent = await link.LinkInPlaceAsync();
        await OpenAsync(agent, "a", content);
        await agent.SendAsync(Frame("a", 0, content), WebSocketMessageType.Binary);
        var damaged = Frame("a", 1, content);
        damaged[^1] ^= 1;
        await agent.SendAsync(damaged, WebSocketMessageType.Binary);
        // It is under way already.
        await agent.SendAsync(Frame("a", 2, content), WebSocketMessageType.Binary);
        var told = await agent.ReceiveAsync<FileState>();
        Assert.Equal((1U, ProblemCodes.FileInvalid, 1), (told.Next, told.Problem?.Code, told.Problem?.RetryAfterSeconds));

        Assert.Equal(1U, (await OpenAsync(agent, "b", content)).Next);
        await agent.SendAsync(Frame("b", 1, content), WebSocketMessageType.Binary);
        await agent.SendAsync(Frame("b", 2, content), WebSocketMessageType.Binary);
        var end = await agent.ReceiveAsync<FileState>();
        Assert.Equal(content, await link.ReadAsync((await link.Keeper.Index.ReadAsync("demo", end.FileId!, default))!));
    }

    [Fact]
    public async Task Open_TooLargeOrMalformed_IsAnsweredAndTheLinkGoesOn()
    {
        await using var agent = await link.LinkRawAsync("raw-open");
        await agent.SendAsync(new FileOpen { Transfer = "a", Name = "x", Size = FileLimits.ArtefactBytes + 1, Sha256 = new string('0', 64), TaskId = FileLink.OpenTask });
        Assert.Equal(ProblemCodes.PayloadTooLarge, (await agent.ReceiveAsync<FileState>()).Problem?.Code);
        await agent.SendAsync(new FileOpen { Transfer = "b", Name = "x", Size = 1, Sha256 = "x", TaskId = FileLink.OpenTask });
        Assert.Equal(ProblemCodes.InvalidArgument, (await agent.ReceiveAsync<FileState>()).Problem?.Code);
        await agent.SendAsync(new FileOpen { Transfer = "c", Name = "x", Size = 1, Sha256 = new string('0', 64), TaskId = FileLink.OpenTask });
        Assert.Equal(ProblemCodes.TaskNotFound, (await agent.ReceiveAsync<FileState>()).Problem?.Code);
        var file = await link.KeepAsync([1]);
        await agent.SendAsync(new FileOpen { Transfer = "d", FileId = file.Id, Grant = link.Grant(file, agent: "raw-open").Grant, FromBlock = 2 });
        Assert.Equal(ProblemCodes.InvalidArgument, (await agent.ReceiveAsync<FileState>()).Problem?.Code);
    }

    [Fact]
    public async Task Agent_ThatTakesNothing_MakesTheCentreReadNoMoreThanTheWindow()
    {
        await using var agent = await link.LinkRawAsync("raw-slow");
        var file = await link.KeepAsync(new byte[60 * 1024 * 1024]);
        await agent.SendAsync(new FileOpen { Transfer = "a", FileId = file.Id, Grant = link.Grant(file, agent: "raw-slow").Grant });
        Assert.Equal(0U, (await agent.ReceiveAsync<FileState>()).Next);
        // It reads, but never says that it took anything; other frames get through between the blocks.
        await agent.SendAsync(new Heartbeat(), "h");
        while (await agent.ReceiveAsync() is { Data: not Ack })
        {
            // Whatever came before.
        }
        var ping = 0;
        while (agent.Blocks.Count < FileBlocks.Window)
        {
            await agent.SendAsync(new Heartbeat(), $"h{ping++}");
            await agent.ReceiveAsync<Ack>();
        }
        await agent.SendAsync(new Heartbeat(), "last");
        await agent.ReceiveAsync<Ack>();
        Assert.Equal(FileBlocks.Window, agent.Blocks.Count);
        Assert.Equal((long)FileBlocks.Window * FileBlocks.Bytes, link.Store.Opened.Last().Bytes);

        await agent.SendAsync(new FileState("a", 1));
        while (agent.Blocks.Count < FileBlocks.Window + 1)
        {
            await agent.SendAsync(new Heartbeat(), $"h{ping++}");
            await agent.ReceiveAsync<Ack>();
        }
        Assert.Equal(FileBlocks.Window + 1, agent.Blocks.Count);
    }

    [Theory]
    [InlineData("unknown-block")]
    [InlineData("unknown-state")]
    [InlineData("wrong-number")]
    [InlineData("wrong-length")]
    [InlineData("twice")]
    [InlineData("too-many")]
    [InlineData("taken-too-much")]
    public async Task Agent_OutOfOrder_LosesItsLink(string what)
    {
        await link.RestartAgentAsync();
        var content = RandomNumberGenerator.GetBytes(2 * FileBlocks.Bytes);
        await using var agent = await link.LinkInPlaceAsync();
        var file = await link.KeepAsync(new byte[50 * 1024 * 1024]);
        switch (what)
        {
            case "unknown-block":
                await SendAsync(agent, Frame("z", 0, content));
                break;
            case "unknown-state":
                await agent.SendAsync(new FileState("z", 1));
                break;
            case "wrong-number":
                await OpenAsync(agent, "a", content);
                await SendAsync(agent, Frame("a", 1, content));
                break;
            case "wrong-length":
                await OpenAsync(agent, "a", content);
                await SendAsync(agent, Frame("a", 0, content)[..^1]);
                break;
            case "twice":
                await OpenAsync(agent, "a", content);
                await agent.SendAsync(Offer("a", content));
                break;
            case "too-many":
                for (var i = 0; i <= LinkProtocol.MaxTransfers; i++)
                    await agent.SendAsync(new FileOpen { Transfer = $"a{i}", FileId = file.Id, Grant = link.Grant(file).Grant });
                break;
            default:
                await agent.SendAsync(new FileOpen { Transfer = "a", FileId = file.Id, Grant = link.Grant(file).Grant });
                await agent.ReceiveAsync<FileState>();
                await agent.SendAsync(new FileState("a", 800));
                break;
        }
        var error = await agent.ClosedAsync();
        Assert.Equal(what == "wrong-length" ? ProblemCodes.FrameMalformed : ProblemCodes.FrameOutOfOrder, error.Code);
    }

    [Fact]
    public async Task Agent_WithoutTheCapability_MayNotOpen()
    {
        await using var agent = await RawAgent.LinkAsync(link.Gateway.Url, RawAgent.Hello("raw-sql", RawAgent.NewCredential(), link.Gateway.Token));
        await agent.SendAsync(new FileOpen { Transfer = "a", FileId = "x" });
        Assert.Equal(ProblemCodes.FrameUnknownType, (await agent.ClosedAsync()).Code);
    }

    private static Task SendAsync(RawAgent agent, byte[] frame) => agent.SendAsync(frame, WebSocketMessageType.Binary);

    private static async Task<FileState> OpenAsync(RawAgent agent, string transfer, byte[] content)
    {
        await agent.SendAsync(Offer(transfer, content));
        var state = await agent.ReceiveAsync<FileState>();
        Assert.Null(state.Problem);
        return state;
    }

    private static FileOpen Offer(string transfer, byte[] content) => new()
    {
        Transfer = transfer, Name = "x", Size = content.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)), TaskId = FileLink.OpenTask,
    };

    private static byte[] Frame(string transfer, uint number, byte[] content)
    {
        var length = FileBlocks.LengthOf(content.Length, number);
        var frame = new byte[FileBlockCodec.BytesAt(transfer) + length];
        content.AsSpan((int)number * FileBlocks.Bytes, length).CopyTo(frame.AsSpan(FileBlockCodec.BytesAt(transfer)));
        FileBlockCodec.Seal(frame, transfer, number);
        return frame;
    }
}
