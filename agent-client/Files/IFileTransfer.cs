using Outrider.Protocol.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Files;

/// <summary>One transfer over one link, as the link's receiving loop knows it. A problem that it answers is a violation, and ends the link.</summary>
internal interface IFileTransfer
{
    /// <summary>The centre says how far it is, or that it is over.</summary>
    Problem? Receive(FileState state);

    /// <summary>A block came; it may be reused once this returns.</summary>
    Problem? Receive(uint number, ReadOnlyMemory<byte> body);

    /// <summary>The link is over.</summary>
    void Lose();
}
