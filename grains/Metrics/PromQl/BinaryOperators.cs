namespace Outrider.Grains.Metrics.PromQl;

/// <summary>How operators are written, how they bind and what they compute.</summary>
internal static class BinaryOperators
{
    public const int PowerPrecedence = 6;

    private static readonly Dictionary<string, BinaryOperator> s_byText = new(StringComparer.OrdinalIgnoreCase)
    {
        ["or"] = BinaryOperator.Or,
        ["and"] = BinaryOperator.And,
        ["unless"] = BinaryOperator.Unless,
        ["=="] = BinaryOperator.Equal,
        ["!="] = BinaryOperator.NotEqual,
        ["<"] = BinaryOperator.Less,
        ["<="] = BinaryOperator.LessOrEqual,
        [">"] = BinaryOperator.Greater,
        [">="] = BinaryOperator.GreaterOrEqual,
        ["+"] = BinaryOperator.Add,
        ["-"] = BinaryOperator.Subtract,
        ["*"] = BinaryOperator.Multiply,
        ["/"] = BinaryOperator.Divide,
        ["%"] = BinaryOperator.Modulo,
        ["^"] = BinaryOperator.Power,
    };

    private static readonly Dictionary<BinaryOperator, string> s_texts = s_byText.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static BinaryOperator? Find(string text) => s_byText.TryGetValue(text, out var found) ? found : null;

    public static string Text(this BinaryOperator self) => s_texts[self];

    public static bool IsSet(this BinaryOperator self) => self <= BinaryOperator.Unless;

    public static bool IsComparison(this BinaryOperator self) => self is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual;

    /// <summary>The higher binds closer.</summary>
    public static int Precedence(this BinaryOperator self) => self switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And or BinaryOperator.Unless => 2,
        <= BinaryOperator.GreaterOrEqual => 3,
        BinaryOperator.Add or BinaryOperator.Subtract => 4,
        < BinaryOperator.Power => 5,
        _ => PowerPrecedence,
    };

    /// <summary>An arithmetic operator's result.</summary>
    public static double Compute(this BinaryOperator self, double left, double right) => self switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / right,
        BinaryOperator.Modulo => left % right,
        _ => Math.Pow(left, right),
    };

    /// <summary>Whether a comparison holds.</summary>
    public static bool Holds(this BinaryOperator self, double left, double right) => self switch
    {
        BinaryOperator.Equal => left == right,
        BinaryOperator.NotEqual => left != right,
        BinaryOperator.Less => left < right,
        BinaryOperator.LessOrEqual => left <= right,
        BinaryOperator.Greater => left > right,
        _ => left >= right,
    };
}
