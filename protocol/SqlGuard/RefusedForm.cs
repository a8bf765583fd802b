namespace Outrider.Protocol.SqlGuard;

/// <summary>A statement refused by name, so that the verdict says why.</summary>
/// <param name="Words">The first words of the statement, in upper case.</param>
internal sealed record RefusedForm(string[] Words, string Rule, string Reason)
{
    public bool Matches(TokenCursor cursor)
    {
        for (var i = 0; i < Words.Length; i++)
        {
            if (!cursor.At(Words[i], i))
                return false;
        }
        return true;
    }
}
