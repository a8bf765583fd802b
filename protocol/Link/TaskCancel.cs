namespace Outrider.Protocol.Link;

/// <summary>Centre to agent: stop this task. A <c>task_complete</c> still follows, unless it was on its way already.</summary>
public sealed record TaskCancel(string TaskId) : ILinkMessage;
