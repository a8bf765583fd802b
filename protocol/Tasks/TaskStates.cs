using Outrider.Protocol.Link;

namespace Outrider.Protocol.Tasks;

/// <summary>
/// Agent to centre, frame <c>task_state</c>: how tasks are doing. At the start of each link the agent tells all that it has, in as many
/// frames as that takes, the last with <see cref="All"/>; after that each change.
/// </summary>
/// <param name="Tasks">At most <see cref="LinkProtocol.MaxItems"/>.</param>
/// <param name="All">True: with those before it this is all that the agent has. Null: it isn't the last of them, or it is a change.</param>
public sealed record TaskStates(List<TaskReport> Tasks, bool? All = null) : ILinkMessage;
