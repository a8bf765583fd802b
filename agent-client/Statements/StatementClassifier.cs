using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Statements;

/// <summary>Says of a statement what kind it is. What it can't say of a statement is refused, never guessed.</summary>
internal static class StatementClassifier
{
    private static readonly HashSet<string> s_transaction =
        ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "XA"];

    private static readonly HashSet<string> s_explaining = ["EXPLAIN", "DESCRIBE", "DESC", "ANALYZE"];
    private static readonly HashSet<string> s_shaping = ["CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME", "ATTACH", "DETACH", "EXCHANGE", "UNDROP"];
    private static readonly HashSet<string> s_alone = ["VACUUM", "CREATE DATABASE", "DROP DATABASE", "ALTER DATABASE", "REINDEX"];

    /// <summary>The statement; <c>policy_refused</c>: it can't be said what it does.</summary>
    public static Outcome<SqlStatement> Classify(int index, StatementSketch sketch, SqlDialect dialect)
    {
        var words = StatementWords.Of(dialect);
        if (sketch.Head.Count == 0)
            return new SqlStatement(index, sketch.Text, "EXECUTABLE COMMENT", StatementKind.Admin, StatementRisk.High, sketch.Danger);
        var verb = FirstWord(sketch.Head);
        if (verb is null)
            return Refused(index, "statement.unknown", "doesn't begin with a word");
        if (s_transaction.Contains(verb) && !(verb == "START" && sketch.Head is [_, "SLAVE" or "REPLICA" or "GROUP_REPLICATION", ..]))
            return Refused(index, "statement.transaction", $"is {verb}: the agent begins and ends transactions itself (exec_options.trans_batch_size)");
        if (dialect == SqlDialect.ClickHouse && verb == "INSERT" && sketch.InlineFormat is { } format
            && !format.Equals("VALUES", StringComparison.OrdinalIgnoreCase))
            return Refused(index, "statement.inline_data", $"brings data in format {format}: write VALUES, or SELECT");
        if (KindOf(verb, sketch, words, dialect) is not ({ } form, { } kind))
            return Refused(index, "statement.unknown", $"begins with {verb}, and the agent can't say what it does");
        if (sketch.Danger is not null)
            kind = StatementKind.Admin;
        return new SqlStatement(index, sketch.Text, form, kind, RiskOf(form, kind, sketch), sketch.Danger)
        {
            HoldsSecret = sketch.HoldsSecret,
            IsAlone = s_alone.Contains(form) || sketch.HasConcurrently || form.EndsWith(" SYSTEM", StringComparison.Ordinal)
                || form.EndsWith(" TABLESPACE", StringComparison.Ordinal) || form.EndsWith(" SUBSCRIPTION", StringComparison.Ordinal),
        };
    }

    private static string? FirstWord(IReadOnlyList<string> head)
    {
        var first = head.FirstOrDefault(part => part != "(");
        return first is not null && char.IsAsciiLetter(first[0]) ? first : null;
    }

    private static (string? Form, StatementKind? Kind) KindOf(string verb, StatementSketch sketch, StatementWords words, SqlDialect dialect)
    {
        if (verb == "WITH")
            return sketch.MainVerb is { } main and not "WITH" ? Query(main, sketch, words, dialect) : default;
        if (s_explaining.Contains(verb) && !(verb == "ANALYZE" && (dialect == SqlDialect.Postgres || sketch.Head.Take(4).Contains("TABLE"))))
            return Explained(verb, sketch, words, dialect);
        if (verb == "ANALYZE")
            return (verb, StatementKind.Ddl);
        if (s_shaping.Contains(verb))
            return Shaped(verb, sketch, words, dialect);
        return Query(verb, sketch, words, dialect);
    }

    /// <summary>A query is what its verb says, unless something in it changes or locks rows all the same.</summary>
    private static (string? Form, StatementKind? Kind) Query(string verb, StatementSketch sketch, StatementWords words, SqlDialect dialect)
    {
        if (!words.Kinds.TryGetValue(verb, out var kind))
            return default;
        if (kind != StatementKind.Read)
            return (verb, kind);
        if (sketch.HasInto && verb is not "SHOW")
            return ($"{verb} INTO", dialect == SqlDialect.Postgres ? StatementKind.Ddl : StatementKind.Write);
        var mayWrite = sketch.HasWritingVerb && (dialect == SqlDialect.Postgres || sketch.Head.Contains("WITH"));
        return (verb, sketch.HasLock || mayWrite ? StatementKind.Write : kind);
    }

    /// <summary>EXPLAIN only reads, unless ANALYZE has it run what it explains.</summary>
    private static (string? Form, StatementKind? Kind) Explained(string verb, StatementSketch sketch, StatementWords words, SqlDialect dialect)
    {
        var form = verb == "ANALYZE" ? "EXPLAIN" : verb;
        if (!sketch.HasAnalyze)
            return (form, StatementKind.Read);
        var inner = sketch.Head.Skip(1).FirstOrDefault(word => words.Verbs.Contains(word));
        if (inner is null or "TABLE" or "EXECUTE")
            return default;
        if (inner == "WITH")
            return sketch.HasWritingVerb ? ("EXPLAIN WITH", StatementKind.Write) : ("EXPLAIN WITH", StatementKind.Read);
        return inner == "CREATE" ? ("EXPLAIN CREATE", StatementKind.Ddl) : Query(inner, sketch, words, dialect);
    }

    /// <summary>CREATE, ALTER, DROP and the like are what the first kind of object says that they name.</summary>
    private static (string? Form, StatementKind? Kind) Shaped(string verb, StatementSketch sketch, StatementWords words, SqlDialect dialect)
    {
        if (!words.Kinds.ContainsKey(verb))
            return default;
        foreach (var word in sketch.Head.Skip(1))
        {
            if (words.AdminObjects.Contains(word))
                return ($"{verb} {word}", StatementKind.Admin);
            if (words.DdlObjects.Contains(word))
                return ($"{verb} {(word == "SCHEMA" && dialect != SqlDialect.Postgres ? "DATABASE" : word)}", StatementKind.Ddl);
        }
        return verb == "TRUNCATE" ? ("TRUNCATE TABLE", StatementKind.Ddl) : default;
    }

    private static StatementRisk RiskOf(string form, StatementKind kind, StatementSketch sketch) => kind switch
    {
        StatementKind.Read => StatementRisk.Low,
        StatementKind.Admin => StatementRisk.High,
        StatementKind.Ddl => form.StartsWith("CREATE", StringComparison.Ordinal) || form is "COMMENT" or "ANALYZE" ? StatementRisk.Medium : StatementRisk.High,
        _ => form is "UPDATE" or "DELETE" && !sketch.HasWhere ? StatementRisk.High : StatementRisk.Medium,
    };

    private static Problem Refused(int index, string rule, string why) => PolicyRefusal.Because(rule, $"Statement {index} {why}.");
}
