using Outrider.Protocol.Link;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Agents;

/// <summary>What a task has to say to its agent: one of these.</summary>
/// <param name="Create">Run this.</param>
/// <param name="Cancel">Stop this.</param>
/// <param name="Log">Its log goes on from here.</param>
/// <param name="Ack">Forget this.</param>
public sealed record TaskMessage(TaskCreate? Create = null, TaskCancel? Cancel = null, TaskLog? Log = null, TaskAck? Ack = null);
