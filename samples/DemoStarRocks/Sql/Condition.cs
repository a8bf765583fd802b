namespace Outrider.Samples.DemoStarRocks.Sql;

/// <summary>A condition on one column.</summary>
/// <param name="Column">The column's token.</param>
/// <param name="Operator">One of = &lt;&gt; &lt; &lt;= &gt; &gt;= IN LIKE NULL.</param>
/// <param name="Values">What it is compared with; several for IN, none for NULL.</param>
/// <param name="IsNegated">NOT IN, NOT LIKE, IS NOT NULL.</param>
public sealed record Condition(Token Column, string Operator, IReadOnlyList<string> Values, bool IsNegated)
{
    /// <summary>Whether a cell meets the condition. A NULL meets IS NULL only.</summary>
    public bool IsMetBy(string? cell)
    {
        if (Operator == "NULL")
            return cell is null != IsNegated;
        if (cell is null)
            return false;
        var isMet = Operator switch
        {
            "IN" => Values.Any(value => CellComparer.Compare(cell, value) == 0),
            "LIKE" => LikePattern.Matches(cell, Values[0], ignoreCase: false),
            _ => IsMetBy(CellComparer.Compare(cell, Values[0])),
        };
        return isMet != IsNegated;
    }

    private bool IsMetBy(int order) => Operator switch
    {
        "=" => order == 0,
        "<>" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };
}
