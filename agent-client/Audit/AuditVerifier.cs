using System.Text;

namespace Outrider.Agent.Audit;

/// <summary>Checks an audit file line by line.</summary>
public static class AuditVerifier
{
    /// <summary>Null when the chain is whole; else where it breaks and how.</summary>
    public static string? FirstFault(IEnumerable<string> lines)
    {
        var last = default(AuditEnd);
        return FirstFault(lines, ref last);
    }

    /// <summary>The same of all files of a folder, the ones set aside before the current one, as one chain. The fault begins with the file's name.</summary>
    public static string? FirstFaultIn(string folder)
    {
        var last = default(AuditEnd);
        foreach (var file in AuditFile.FilesIn(folder))
        {
            if (FirstFault(File.ReadLines(file), ref last) is { } fault)
                return $"{Path.GetFileName(file)}: {fault}";
        }
        return null;
    }

    private static string? FirstFault(IEnumerable<string> lines, ref AuditEnd last)
    {
        long number = 0;
        foreach (var text in lines)
        {
            number++;
            if (AuditChain.Open(Encoding.UTF8.GetBytes(text)) is not { } opened)
                return $"line {number}: changed or torn, its hash doesn't match";
            if (last.Hash is not null && (opened.Line.Prev != last.Hash || opened.Line.Seq != last.Seq + 1))
                return $"line {number}: a line before it is missing or changed";
            last = new AuditEnd(opened.Hash, opened.Line.Seq);
        }
        return null;
    }

    /// <summary>Where the chain stands; no hash: at its beginning.</summary>
    private readonly record struct AuditEnd(string? Hash, long Seq);
}
