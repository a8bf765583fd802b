using Outrider.Protocol.Files;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Link;

/// <summary>The agent's half of one link as a state machine without a socket or a clock: which frames of the centre are in order.</summary>
public sealed class AgentConversation
{
    /// <summary>The id of the <c>agent_register</c> frame.</summary>
    public const string RegisterId = "register";

    private long _received;

    /// <summary>What was agreed; null until then.</summary>
    public Registered? Agreed { get; private set; }

    /// <summary>The intervals to keep now.</summary>
    public LinkConfig Config { get; private set; } = new((int)LinkProtocol.Heartbeat.TotalSeconds, (int)LinkProtocol.Report.TotalSeconds);

    /// <summary>Takes a frame in. Null: it is in order, act on it. A problem is a violation, and ends the link.</summary>
    public Problem? Receive(Frame frame)
    {
        if (frame.Seq != ++_received)
            return OutOfOrder($"Frame {frame.Seq} came where {_received} was due.");
        switch (frame.Data)
        {
            case LinkError:
                return null;
            case Ack { Registered: { } agreed } when Agreed is null && frame.Id == RegisterId:
                if (agreed.Version != LinkProtocol.Version)
                    return new Problem(ProblemCodes.ProtocolVersion, $"The centre chose version {agreed.Version}, which was not offered.");
                (Agreed, Config) = (agreed, agreed.Config);
                return null;
            case var _ when Agreed is null:
                return OutOfOrder($"'{FrameTypes.Of(frame.Data)}' came before the answer to 'agent_register'.");
            case var data when CapabilityOf(data) is { } capability && !Agreed.Capabilities.Contains(capability):
                return new Problem(ProblemCodes.FrameUnknownType, $"'{FrameTypes.Of(data)}' belongs to a capability that was not agreed on for this link.");
            case LinkConfig config:
                Config = config;
                return null;
            case AgentRegister or AgentStatusReport or TaskComplete or TaskStates or FileOpen:
                return OutOfOrder($"Only an agent sends '{FrameTypes.Of(frame.Data)}'.");
            default:
                return null;
        }
    }

    /// <summary>The capability that a message of the centre belongs to; null: none.</summary>
    private static string? CapabilityOf(ILinkMessage data) => data switch
    {
        MetricsAck => LinkProtocol.Metrics,
        TaskCreate { Attempt: > 0 } or TaskLog or TaskAck => LinkProtocol.Tasks,
        FileState => LinkProtocol.Files,
        _ => null,
    };

    private static Problem OutOfOrder(string message) => new(ProblemCodes.FrameOutOfOrder, message);
}
