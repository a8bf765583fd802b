using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Reads the subset of PromQL that docs/promql.md describes.</summary>
public sealed class PromQlParser
{
    private readonly TokenCursor _tokens;
    private int _depth;

    private PromQlParser(string text) => _tokens = new TokenCursor(Tokenizer.Read(text));

    /// <summary><see cref="ProblemCodes.InvalidArgument"/> says what can't be read or isn't supported, and where.</summary>
    public static Outcome<Expression> Parse(string text)
    {
        if (text.Length > QueryLimits.TextLength)
            return new Problem(ProblemCodes.InvalidArgument, $"A query has at most {QueryLimits.TextLength} characters; this has {text.Length}.");
        try
        {
            var parser = new PromQlParser(text);
            var expression = parser.Read(0);
            return parser._tokens.Current.Kind == TokenKind.End ? expression : throw parser._tokens.Unexpected("an operator or the end");
        }
        catch (QueryException e)
        {
            return e.Problem;
        }
    }

    /// <summary>Reads a selector alone: without range and offset.</summary>
    public static Outcome<SeriesSelector> ParseSelector(string text)
    {
        var expression = Parse(text);
        return !expression.Ok ? expression.Problem
            : expression.Value is Expression.Selector { Offset: 0 } selector ? new SeriesSelector(selector.Matchers)
            : new Problem(ProblemCodes.InvalidArgument, "This must be a selector alone, such as host_cpu_percent{agent=\"prod-1\"}.");
    }

    /// <summary>An expression of operators that bind at least as close as <paramref name="precedence"/>.</summary>
    private Expression Read(int precedence)
    {
        if (++_depth > QueryLimits.Height)
            throw TooDeep();
        var left = ReadUnary();
        while (Operator() is { } found && found.Precedence() >= precedence)
        {
            var at = _tokens.Take().At;
            var returnsBool = _tokens.AcceptWord("bool");
            var matching = ReadMatching();
            // Only ^ binds to the right.
            var right = Read(found == BinaryOperator.Power ? found.Precedence() : found.Precedence() + 1);
            left = Checked(new Expression.Binary(found, left, right, returnsBool, matching), at);
        }
        _depth--;
        return left;
    }

    private BinaryOperator? Operator() =>
        _tokens.Current.Kind is TokenKind.Symbol or TokenKind.Word ? BinaryOperators.Find(_tokens.Current.Text) : null;

    private Grouping? ReadMatching()
    {
        var only = _tokens.Current.IsWord("on");
        if (!only && !_tokens.Current.IsWord("ignoring"))
            return null;
        _tokens.Take();
        var labels = SelectorParser.ReadLabels(_tokens);
        if (_tokens.Current.IsWord("group_left") || _tokens.Current.IsWord("group_right"))
            throw QueryException.Unsupported($"Matching of many to one ({_tokens.Current.Text})", _tokens.Current.At);
        return new Grouping(only, labels);
    }

    /// <summary>A sign binds as * does: closer than +, not as close as ^.</summary>
    private Expression ReadUnary()
    {
        var sign = _tokens.Current;
        if (!sign.Is("-") && !sign.Is("+"))
            return ReadPrimary();
        _tokens.Take();
        var operand = Read(BinaryOperators.PowerPrecedence);
        if (operand.Kind is not (ExpressionKind.Scalar or ExpressionKind.InstantVector))
            throw QueryException.Malformed("a sign goes before a scalar or an instant vector", sign.At);
        return sign.Text == "+" ? operand
            : operand is Expression.Number number ? new Expression.Number(-number.Value)
            : Bounded(new Expression.Negation(operand), sign.At);
    }

    private Expression ReadPrimary()
    {
        var token = _tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _tokens.Take();
                return NumberText.TryParse(token.Text, out var value)
                    ? new Expression.Number(value)
                    : throw QueryException.Malformed($"{token.Shown()} is neither a number nor a duration", token.At);
            case TokenKind.String:
                return new Expression.Text(_tokens.Take().Text);
            case TokenKind.Word:
                return ReadWord();
            case TokenKind.Symbol when token.Text == "{":
                return SelectorParser.Read(_tokens);
            case TokenKind.Symbol when token.Text == "(":
                _tokens.Take();
                var inner = Read(0);
                _tokens.Expect(")");
                RefuseRange();
                return inner;
            default:
                throw _tokens.Unexpected("an expression");
        }
    }

    private Expression ReadWord()
    {
        var (word, next) = (_tokens.Current, _tokens.Next);
        if (word.IsWord("inf") || word.IsWord("nan"))
        {
            _tokens.Take();
            return new Expression.Number(word.IsWord("inf") ? double.PositiveInfinity : double.NaN);
        }
        var isAggregation = next.Is("(") || next.IsWord("by") || next.IsWord("without");
        if (isAggregation && AggregateOperators.Find(word.Text) is { } aggregate)
            return ReadAggregation(aggregate);
        if (isAggregation && AggregateOperators.Unsupported.Contains(word.Text))
            throw QueryException.Unsupported($"The aggregation {word.Text}", word.At);
        return next.Is("(") ? ReadCall() : SelectorParser.Read(_tokens);
    }

    private Expression.Aggregation ReadAggregation(AggregateOperator aggregate)
    {
        var at = _tokens.Take().At;
        var grouping = ReadGrouping();
        var arguments = ReadArguments();
        grouping ??= ReadGrouping();
        var takes = aggregate.TakesArgument() ? 2 : 1;
        if (arguments.Count != takes || arguments[^1].Kind != ExpressionKind.InstantVector || arguments[0].Kind != KindOf(takes))
        {
            throw QueryException.Malformed(
                $"{aggregate.Text()} takes {(takes == 2 ? "a scalar and an instant vector" : "one instant vector")}", at);
        }
        return Bounded(new Expression.Aggregation(aggregate, takes == 2 ? arguments[0] : null, arguments[^1], grouping), at);

        static ExpressionKind KindOf(int takes) => takes == 2 ? ExpressionKind.Scalar : ExpressionKind.InstantVector;
    }

    private Grouping? ReadGrouping()
    {
        var only = _tokens.AcceptWord("by");
        return only || _tokens.AcceptWord("without") ? new Grouping(only, SelectorParser.ReadLabels(_tokens)) : null;
    }

    private Expression.Call ReadCall()
    {
        var name = _tokens.Take();
        if (RangeFunctions.Find(name.Text) is not { } function)
            throw QueryException.Unsupported($"The function {name.Shown()}", name.At);
        var arguments = ReadArguments();
        RefuseRange();
        var takes = function.TakesArgument ? 2 : 1;
        if (arguments.Count != takes || arguments[^1] is not Expression.Range range
            || (takes == 2 && arguments[0].Kind != ExpressionKind.Scalar))
        {
            throw QueryException.Malformed(
                $"{function.Name} takes {(takes == 2 ? "a scalar and a" : "one")} range vector, such as host_load1[5m]", name.At);
        }
        return Bounded(new Expression.Call(function, takes == 2 ? arguments[0] : null, range), name.At);
    }

    private List<Expression> ReadArguments()
    {
        var arguments = new List<Expression>();
        _tokens.Expect("(");
        if (_tokens.Accept(")"))
            return arguments;
        do
            arguments.Add(Read(0));
        while (_tokens.Accept(","));
        _tokens.Expect(")");
        return arguments;
    }

    private void RefuseRange()
    {
        if (_tokens.Current.Is("["))
            throw QueryException.Unsupported("A range of anything but a selector", _tokens.Current.At);
    }

    private static Expression.Binary Checked(Expression.Binary binary, int at)
    {
        var (left, right) = (binary.Left.Kind, binary.Right.Kind);
        var isScalar = left == ExpressionKind.Scalar || right == ExpressionKind.Scalar;
        var fault =
            left is ExpressionKind.String or ExpressionKind.RangeVector || right is ExpressionKind.String or ExpressionKind.RangeVector
                ? "an operator joins scalars and instant vectors only"
            : binary.ReturnsBool && !binary.Operator.IsComparison() ? "bool goes with a comparison only"
            : binary.Operator.IsComparison() && left == right && isScalar && !binary.ReturnsBool ? "two scalars are compared with bool only"
            : binary.Operator.IsSet() && isScalar ? "and, or and unless join instant vectors only"
            : binary.Matching is not null && isScalar ? "on and ignoring go between two instant vectors only"
            : null;
        return fault is null ? Bounded(binary, at) : throw QueryException.Malformed(fault, at);
    }

    private static T Bounded<T>(T expression, int at) where T : Expression =>
        expression.Height <= QueryLimits.Height ? expression : throw TooDeep(at);

    private QueryException TooDeep() => TooDeep(_tokens.Current.At);

    private static QueryException TooDeep(int at) =>
        QueryException.Malformed($"the expression has more than {QueryLimits.Height} levels", at);
}
