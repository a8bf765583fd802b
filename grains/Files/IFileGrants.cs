using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Files;

/// <summary>Signs the right to read a file, and proves it: any node of the centre takes what another has signed.</summary>
public interface IFileGrants
{
    /// <summary>The grant as its holder has it: a text for addresses and frames, at most 256 characters. Not for logs.</summary>
    string Issue(FileGrant grant);

    /// <summary>What a text grants for this file. <c>forbidden</c>: it was changed, is for another file, or is over.</summary>
    Outcome<FileGrant> Verify(string file, string text);
}
