using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Statements;

/// <summary>Cuts a text into its statements and says of each what it is.</summary>
internal static class StatementSplitter
{
    /// <summary>
    /// The statements, in order; at least one. <c>invalid_argument</c>: it can't be read, is empty, or has more than <paramref name="most"/>
    /// statements. <c>policy_refused</c>: a statement of which can't be said what it does; the rule is <c>statement.unknown</c>,
    /// <c>statement.transaction</c> or <c>statement.inline_data</c>.
    /// </summary>
    public static Outcome<List<SqlStatement>> Split(string sql, SqlDialect dialect, int most)
    {
        var lexer = new SqlLexer(sql, dialect);
        var sketch = new StatementSketch(sql, StatementWords.Of(dialect));
        var statements = new List<SqlStatement>();
        Lexeme lexeme;
        do
        {
            lexeme = lexer.Next();
            if (lexeme.Kind is not (LexemeKind.Separator or LexemeKind.End))
            {
                sketch.Add(lexeme);
                continue;
            }
            if (lexer.Fault is { } fault)
                return Invalid($"The SQL can't be read: {fault}.");
            if (sketch.IsEmpty)
                continue;
            if (statements.Count == most)
                return Invalid($"The SQL has more than {most} statements. Split it into several tasks.");
            var statement = StatementClassifier.Classify(statements.Count + 1, sketch, dialect);
            if (!statement.Ok)
                return statement.Problem;
            statements.Add(statement.Value);
            sketch.Clear();
        }
        while (lexeme.Kind != LexemeKind.End);
        return statements.Count == 0 ? Invalid("The SQL holds no statement.") : statements;
    }

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}
