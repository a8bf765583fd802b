using System.Globalization;

namespace Outrider.Samples.DemoStarRocks.Sql;

/// <summary>Reads the part of SELECT that the scenarios' README describes.</summary>
/// <param name="sql">The statement.</param>
/// <param name="tokens">Its tokens.</param>
/// <param name="now">Front end's local time, for NOW().</param>
public sealed class SelectParser(string sql, IReadOnlyList<Token> tokens, DateTime now)
{
    private static readonly string[] s_clauses = ["FROM", "WHERE", "ORDER", "LIMIT"];
    private static readonly string[] s_comparisons = ["=", "<>", "!=", "<", "<=", ">", ">="];

    private int _at;

    /// <summary>Token at which reading stopped: for the message when the statement is something else.</summary>
    public Token? Unexpected => _at < tokens.Count ? tokens[_at] : null;

    /// <summary>Reads the statement; null when it is anything else.</summary>
    public SelectStatement? Parse()
    {
        if (!Take("SELECT") || Items() is not { } items)
            return null;
        var statement = new SelectStatement { Items = items };
        if (Take("FROM"))
        {
            if (Table() is not { } table || Conditions() is not { } conditions || Order() is not { } order)
                return null;
            statement = statement with { Table = table, Conditions = conditions, Order = order };
        }
        if (Take("LIMIT"))
        {
            if (!int.TryParse(TakeKind(TokenKind.Number)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
                return null;
            statement = statement with { Limit = limit };
        }
        return _at == tokens.Count ? statement : null;
    }

    private List<SelectItem>? Items() => List(Item);

    private SelectItem? Item()
    {
        if (Unexpected is not { } first || s_clauses.Any(first.Is))
            return null;
        if (Take("*"))
            return new(SelectItemKind.AllColumns, first, "*");
        _at++;
        var kind = first.Kind switch
        {
            TokenKind.Text or TokenKind.Number => SelectItemKind.Literal,
            TokenKind.Word when first.Value.StartsWith("@@", StringComparison.Ordinal) => SelectItemKind.Function,
            TokenKind.Word when Take("(") => Arguments(first),
            TokenKind.Word => SelectItemKind.Column,
            _ => default(SelectItemKind?),
        };
        if (kind is null)
            return null;
        var typed = kind == SelectItemKind.Column || first.Kind == TokenKind.Text ? first.Value : sql[first.Start..tokens[_at - 1].End];
        return Alias(out var alias) ? new(kind.Value, first, alias ?? typed) : null;
    }

    private SelectItemKind? Arguments(Token function)
    {
        var isCount = function.Is("COUNT") && Take("*");
        if (!Take(")"))
            return null;
        return isCount ? SelectItemKind.Count : SelectItemKind.Function;
    }

    /// <summary>False when AS has nothing behind it.</summary>
    private bool Alias(out string? alias)
    {
        alias = null;
        var isNeeded = Take("AS");
        if (Unexpected is not { Kind: TokenKind.Word or TokenKind.Text } token || (!isNeeded && s_clauses.Any(token.Is)))
            return !isNeeded;
        _at++;
        alias = token.Value;
        return true;
    }

    private string? Table()
    {
        if (TakeKind(TokenKind.Word) is not { } first)
            return null;
        if (!Take("."))
            return first.Value.ToLowerInvariant();
        return TakeKind(TokenKind.Word) is { } second ? $"{first.Value}.{second.Value}".ToLowerInvariant() : null;
    }

    private List<Condition>? Conditions()
    {
        var conditions = new List<Condition>();
        if (!Take("WHERE"))
            return conditions;
        do
        {
            if (Condition() is not { } condition)
                return null;
            conditions.Add(condition);
        }
        while (Take("AND"));
        return conditions;
    }

    private Condition? Condition()
    {
        if (TakeKind(TokenKind.Word) is not { } column)
            return null;
        if (Take("IS"))
        {
            var isNot = Take("NOT");
            return Take("NULL") ? new(column, "NULL", [], isNot) : null;
        }
        var isNegated = Take("NOT");
        if (Take("IN"))
            return Take("(") && List(Value) is { } values && Take(")") ? new(column, "IN", values, isNegated) : null;
        if (Take("LIKE"))
            return TakeKind(TokenKind.Text) is { } pattern ? new(column, "LIKE", [pattern.Value], isNegated) : null;
        if (isNegated || Unexpected is not { } comparison || !s_comparisons.Any(comparison.Is))
            return null;
        _at++;
        return Value() is { } value ? new(column, comparison.Is("!=") ? "<>" : comparison.Value, [value], false) : null;
    }

    private string? Value()
    {
        if (Take("NOW"))
            return Take("(") && Take(")") ? (Take("-") ? Interval() : Format(now)) : null;
        if (Take("DATE_SUB"))
            return Take("(") && Take("NOW") && Take("(") && Take(")") && Take(",") && Interval() is { } time && Take(")") ? time : null;
        var sign = Take("-") ? "-" : "";
        if (TakeKind(TokenKind.Number) is { } number)
            return sign + number.Value;
        return sign.Length == 0 ? TakeKind(TokenKind.Text)?.Value : null;
    }

    private string? Interval()
    {
        if (!Take("INTERVAL") || !int.TryParse(TakeKind(TokenKind.Number)?.Value, CultureInfo.InvariantCulture, out var count))
            return null;
        return TakeKind(TokenKind.Word)?.Value.ToUpperInvariant() switch
        {
            "SECOND" => Format(now.AddSeconds(-count)),
            "MINUTE" => Format(now.AddMinutes(-count)),
            "HOUR" => Format(now.AddHours(-count)),
            "DAY" => Format(now.AddDays(-count)),
            _ => null,
        };
    }

    private List<(Token Column, bool IsDescending)>? Order()
    {
        if (!Take("ORDER"))
            return [];
        if (!Take("BY"))
            return null;
        var order = new List<(Token, bool)>();
        do
        {
            if (TakeKind(TokenKind.Word) is not { } column)
                return null;
            order.Add((column, Take("DESC")));
            Take("ASC");
        }
        while (Take(","));
        return order;
    }

    private List<T>? List<T>(Func<T?> element) where T : class
    {
        var list = new List<T>();
        do
        {
            if (element() is not { } value)
                return null;
            list.Add(value);
        }
        while (Take(","));
        return list;
    }

    private bool Take(string value)
    {
        if (Unexpected is not { } token || !token.Is(value))
            return false;
        _at++;
        return true;
    }

    private Token? TakeKind(TokenKind kind)
    {
        if (Unexpected is not { } token || token.Kind != kind)
            return null;
        _at++;
        return token;
    }

    private static string Format(DateTime time) => time.ToString(Scenarios.Placeholders.TimeFormat, CultureInfo.InvariantCulture);
}
