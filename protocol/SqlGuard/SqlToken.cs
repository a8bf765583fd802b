namespace Outrider.Protocol.SqlGuard;

/// <summary>One token: a stretch of the text, in UTF-16 units.</summary>
public readonly record struct SqlToken(SqlTokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;
}
