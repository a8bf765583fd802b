using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Files;

/// <summary>
/// Frame <c>file_state</c>, from who receives blocks to who sends them (and from the centre to answer <see cref="FileOpen"/>): how far it is.
/// </summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="Next">The block that is due next: those before it are kept. The sender may have <see cref="FileBlocks.Window"/> blocks under way beyond it.</param>
/// <param name="FileId">From the centre, once a file from the agent is whole and kept: its id there.</param>
/// <param name="Problem">It can't be: the transfer is over.</param>
public sealed record FileState(string Transfer, uint Next, string? FileId = null, Problem? Problem = null) : ILinkMessage;
