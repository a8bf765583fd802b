using Outrider.Agent.Link;
using Outrider.Protocol.Files;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Link;

public sealed class AgentConversationTests
{
    private static readonly TaskCreate s_query = new() { TaskId = "t", Type = "sql" };
    private static readonly TaskCreate s_task = new() { TaskId = "t", Type = "shell", Attempt = 1 };

    public static TheoryData<ILinkMessage, string> OfACapability => new()
    {
        { s_task, LinkProtocol.Tasks },
        { new TaskLog("t", 1, 0), LinkProtocol.Tasks },
        { new TaskAck("t", 1), LinkProtocol.Tasks },
        { new FileState("f", 0), LinkProtocol.Files },
        { new MetricsAck("b", 1), LinkProtocol.Metrics },
    };

    public static TheoryData<ILinkMessage> OnlyAnAgentSends =>
    [
        new AgentStatusReport { Databases = [] },
        new TaskComplete { TaskId = "t", Status = TaskStatuses.Success },
        new TaskStates([]),
        new FileOpen { Transfer = "f", FileId = "1" },
    ];

    [Theory]
    [MemberData(nameof(OfACapability))]
    public void Receive_FrameOfACapability_IsInOrderOnlyWhereThatWasAgreedOn(ILinkMessage message, string capability)
    {
        Assert.Null(Agreed(capability).Receive(new Frame(null, 2, 0, message)));
        Assert.Equal(ProblemCodes.FrameUnknownType, Agreed("sql").Receive(new Frame(null, 2, 0, message))?.Code);
    }

    [Theory]
    [MemberData(nameof(OnlyAnAgentSends))]
    public void Receive_FrameThatOnlyAnAgentSends_IsOutOfOrder(ILinkMessage message)
    {
        var conversation = Agreed(LinkProtocol.Tasks, LinkProtocol.Files);
        Assert.Equal(ProblemCodes.FrameOutOfOrder, conversation.Receive(new Frame(null, 2, 0, message))?.Code);
    }

    [Fact]
    public void Receive_QueryAndCancel_AreInOrderWithoutTheCapability()
    {
        var conversation = Agreed();
        Assert.Null(conversation.Receive(new Frame(null, 2, 0, s_query)));
        Assert.Null(conversation.Receive(new Frame(null, 3, 0, new TaskCancel("t"))));
    }

    [Fact]
    public void Receive_TaskBeforeTheAnswer_IsOutOfOrder() =>
        Assert.Equal(ProblemCodes.FrameOutOfOrder, new AgentConversation().Receive(new Frame(null, 1, 0, s_task))?.Code);

    private static AgentConversation Agreed(params List<string> capabilities)
    {
        var conversation = new AgentConversation();
        var registered = new Registered { Version = 1, Session = "s", Enrolled = false, Capabilities = capabilities, Config = new LinkConfig(30, 10) };
        Assert.Null(conversation.Receive(new Frame(AgentConversation.RegisterId, 1, 0, new Ack(registered))));
        return conversation;
    }
}
