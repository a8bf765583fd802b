using Outrider.Api.Gateway;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Link;

public sealed class LinkConversationTests
{
    private readonly PayloadBudget _budget = new(1_000_000);
    private readonly LinkConversation _conversation;

    public LinkConversationTests()
    {
        _conversation = new LinkConversation(_budget, 500_000);
        _conversation.Open(["sql"]);
    }

    [Fact]
    public async Task Complete_AfterItsBlocks_EndsTheTaskWithThePayload()
    {
        var pending = Begin("t");
        Assert.Null(Block("t", 0, [1, 2]));
        Assert.Null(Block("t", 1, [3]));
        Assert.Equal(3, _budget.Used);
        Assert.Null(_conversation.Complete(Done("t", 3)));
        var result = await pending.Ended.Task;
        Assert.Equal([1, 2, 3], result.Payload);
        Assert.Equal((0L, 0), (_budget.Used, _conversation.Running));
    }

    [Fact]
    public void Abandon_ARunningTask_KeepsItsPlaceUntilTheAgentEndsIt()
    {
        var pending = Begin("t");
        Block("t", 0, [1, 2]);
        Assert.True(_conversation.Abandon(pending));
        Assert.False(_conversation.Abandon(pending));
        Assert.Null(Block("t", 1, [3]));
        Assert.Equal((0L, 1), (_budget.Used, _conversation.Running));
        Assert.Equal(ProblemCodes.Conflict, _conversation.Begin(new PendingTask(NewTask("t")))?.Code);
        Assert.Null(_conversation.Complete(Done("t", 3)));
        Assert.Equal(0, _conversation.Running);
        Assert.False(pending.Ended.Task.IsCompleted);
    }

    [Fact]
    public async Task End_OfTheLink_LosesWhatRunsAndBeginsNothingMore()
    {
        var pending = Begin("t");
        Block("t", 0, [1, 2]);
        _conversation.End();
        Assert.Equal(TaskStatuses.Lost, (await pending.Ended.Task).Completion.Status);
        Assert.Equal(0, _budget.Used);
        Assert.Equal(ProblemCodes.LinkLost, _conversation.Begin(new PendingTask(NewTask("u")))?.Code);
    }

    [Fact]
    public void Receive_PastTheBudget_GivesUpThatTaskOnly()
    {
        var (first, second, third) = (Begin("a"), Begin("b"), Begin("c"));
        var blocks = new[] { "a", "b" }.Select(id => Fill(id, 7)).ToList();
        Assert.All(blocks, Assert.Null);
        Assert.Equal(2 * 7 * LinkProtocol.MaxBlockBytes, _budget.Used);
        Problem? overflow = null;
        for (var i = 0u; overflow is null; i++)
            Assert.Null(_conversation.Receive(Frame("c", i, new byte[LinkProtocol.MaxBlockBytes]), out _, out overflow));
        Assert.Equal(ProblemCodes.Unavailable, overflow.Code);
        Assert.True(third.Abandoned);
        Assert.False(first.Abandoned || second.Abandoned);
        Assert.Equal(2 * 7 * LinkProtocol.MaxBlockBytes, _budget.Used);
    }

    private Problem? Fill(string id, int count)
    {
        for (var i = 0u; i < count; i++)
        {
            if (Block(id, i, new byte[LinkProtocol.MaxBlockBytes]) is { } problem)
                return problem;
        }
        return null;
    }

    private PendingTask Begin(string id)
    {
        var pending = new PendingTask(NewTask(id));
        Assert.Null(_conversation.Begin(pending));
        return pending;
    }

    private Problem? Block(string id, uint number, byte[] bytes) => _conversation.Receive(Frame(id, number, bytes), out _, out _);

    private static byte[] Frame(string id, uint number, byte[] bytes)
    {
        var header = new byte[BlockCodec.MaxHeaderBytes];
        return [.. header[..BlockCodec.WriteHeader(header, BlockKind.TaskPayload, id, number)], .. bytes];
    }

    private static TaskCreate NewTask(string id) => new() { TaskId = id, Type = "sql", Command = "SELECT 1" };

    private static TaskComplete Done(string id, long bytes) => new() { TaskId = id, Status = TaskStatuses.Success, PayloadBytes = bytes };
}
