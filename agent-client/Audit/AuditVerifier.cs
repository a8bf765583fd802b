using System.Text;

namespace Outrider.Agent.Audit;

/// <summary>Checks an audit file line by line.</summary>
public static class AuditVerifier
{
    /// <summary>Null when the chain is whole; else where it breaks and how.</summary>
    public static string? FirstFault(IEnumerable<string> lines)
    {
        string? prev = null;
        long seq = 0, number = 0;
        foreach (var text in lines)
        {
            number++;
            if (AuditChain.Open(Encoding.UTF8.GetBytes(text)) is not { } opened)
                return $"line {number}: changed or torn, its hash doesn't match";
            if (prev is not null && (opened.Line.Prev != prev || opened.Line.Seq != seq + 1))
                return $"line {number}: a line before it is missing or changed";
            (prev, seq) = (opened.Hash, opened.Line.Seq);
        }
        return null;
    }
}
