using System.Collections.Frozen;

namespace Outrider.Protocol.SqlGuard;

/// <summary>The stable ids of the rules that refuse a text. <c>docs/sql-guard.md</c> lists them from <see cref="Meanings"/>.</summary>
public static class GuardRules
{
    public const string BadInput = "bad-input";
    public const string TooLong = "too-long";
    public const string TooManyTokens = "too-many-tokens";
    public const string TooDeep = "too-deep";
    public const string EmptyStatement = "empty-statement";
    public const string MultipleStatements = "multiple-statements";
    public const string BadCharacter = "bad-character";
    public const string AmbiguousCharacter = "ambiguous-character";
    public const string AmbiguousWhitespace = "ambiguous-whitespace";
    public const string AmbiguousComment = "ambiguous-comment";
    public const string AmbiguousString = "ambiguous-string";
    public const string UnterminatedString = "unterminated-string";
    public const string UnterminatedIdentifier = "unterminated-identifier";
    public const string UnterminatedComment = "unterminated-comment";
    public const string VersionedComment = "versioned-comment";
    public const string HintNotAllowed = "hint-not-allowed";
    public const string DollarQuote = "dollar-quote";
    public const string ParameterMarker = "parameter-marker";
    public const string UserVariable = "user-variable";
    public const string SystemVariable = "system-variable";
    public const string StatementNotAllowed = "statement-not-allowed";
    public const string WriteStatement = "write-statement";
    public const string DefinitionStatement = "definition-statement";
    public const string AdminStatement = "admin-statement";
    public const string SessionStatement = "session-statement";
    public const string SensitiveShow = "sensitive-show";
    public const string ServerFetch = "server-fetch";
    public const string ExplainAnalyze = "explain-analyze";
    public const string ExplainNotSelect = "explain-not-select";
    public const string TraceNotAllowed = "trace-not-allowed";
    public const string IntoNotAllowed = "into-not-allowed";
    public const string FilesNotAllowed = "files-not-allowed";
    public const string TableFunctionNotAllowed = "table-function-not-allowed";
    public const string SchemaNotAllowed = "schema-not-allowed";
    public const string TableNotAllowed = "table-not-allowed";
    public const string CatalogNotAllowed = "catalog-not-allowed";
    public const string UnqualifiedTable = "unqualified-table";
    public const string RecursiveQuery = "recursive-query";
    public const string UnknownFunction = "unknown-function";
    public const string FunctionNotAllowed = "function-not-allowed";
    public const string QualifiedFunction = "qualified-function";
    public const string QueryIdNotLiteral = "query-id-not-literal";
    public const string ProcPathNotAllowed = "proc-path-not-allowed";
    public const string ConfigKeyNotAllowed = "config-key-not-allowed";
    public const string FilterNotSimple = "filter-not-simple";
    public const string Syntax = "syntax";

    /// <summary>Each rule's meaning in one line, in the order of the documentation.</summary>
    public static FrozenDictionary<string, string> Meanings { get; } = new Dictionary<string, string>
    {
        [BadInput] = "The line given to `sql check` is not one JSON string.",
        [TooLong] = "The text is longer than 64 KiB in UTF-8.",
        [TooManyTokens] = "The text has more than 20 000 tokens.",
        [TooDeep] = "Parentheses, subqueries, CASE or types nest deeper than 200 levels.",
        [EmptyStatement] = "There is no statement, only whitespace, comments or `;`.",
        [MultipleStatements] = "A `;` stands before the end; only one statement, with at most one `;` after it, is accepted.",
        [BadCharacter] = "A character that StarRocks' lexer rejects or takes for a letter though it isn't one: NUL, a lone surrogate, a no-break space, `#`, a full-width comma, …",
        [AmbiguousCharacter] = "An unquoted letter that the server folds into an ASCII letter: `ı`, `İ`, `ſ`, `K` (Kelvin).",
        [AmbiguousWhitespace] = "U+3000 without ASCII whitespace before it, which the server reads as a letter.",
        [AmbiguousComment] = "A `--` comment ended by a carriage return without a line feed.",
        [AmbiguousString] = "A string with an escaped quote that would leave a different statement if backslashes were plain characters.",
        [UnterminatedString] = "A string without its closing quote, or a binary literal that isn't hexadecimal.",
        [UnterminatedIdentifier] = "A quoted identifier without its closing back quote.",
        [UnterminatedComment] = "A `/*` comment without `*/`.",
        [VersionedComment] = "`/*! … */`, a comment to StarRocks and code to MySQL.",
        [HintNotAllowed] = "`/*+ … */`: hints change session variables.",
        [DollarQuote] = "`$$`, which opens an inline function body.",
        [ParameterMarker] = "`?`: values must be literals.",
        [UserVariable] = "`@name`: session state.",
        [SystemVariable] = "`@@name` that is not on the short list of harmless variables.",
        [StatementNotAllowed] = "The statement is none of the allowed forms.",
        [WriteStatement] = "The statement writes, loads, exports or deletes data, also behind a CTE or EXPLAIN.",
        [DefinitionStatement] = "The statement creates, changes or drops an object or a privilege.",
        [AdminStatement] = "The statement acts on the cluster: ADMIN, KILL, BACKUP, PAUSE, …",
        [SessionStatement] = "The statement changes the session, a transaction or a prepared statement.",
        [SensitiveShow] = "The statement shows credentials, privileges or the security posture.",
        [ServerFetch] = "The statement makes the server fetch a URL or read remote storage.",
        [ExplainAnalyze] = "EXPLAIN ANALYZE executes the statement.",
        [ExplainNotSelect] = "EXPLAIN of anything but a query.",
        [TraceNotAllowed] = "TRACE may execute the statement.",
        [IntoNotAllowed] = "SELECT … INTO writes files or variables.",
        [FilesNotAllowed] = "FILES(…) reads remote storage with embedded keys.",
        [TableFunctionNotAllowed] = "A table function other than unnest, unnest_bitmap or json_each.",
        [SchemaNotAllowed] = "A query reads a schema that holds business data or privileges.",
        [TableNotAllowed] = "A query reads a table of an allowed schema that is not on its list.",
        [CatalogNotAllowed] = "A name in a catalog other than default_catalog.",
        [UnqualifiedTable] = "A table without schema that is no common table expression in scope (names compare with case).",
        [RecursiveQuery] = "WITH RECURSIVE.",
        [UnknownFunction] = "A function that is not on the list of read-only built-in functions.",
        [FunctionNotAllowed] = "A function known to act, leak or burn resources.",
        [QualifiedFunction] = "A function called with a database name: a user-defined function.",
        [QueryIdNotLiteral] = "The query id is not one string literal of the form 8-4-4-4-12 hexadecimal digits.",
        [ProcPathNotAllowed] = "A SHOW PROC path outside the list, or with an empty, `.` or `..` segment.",
        [ConfigKeyNotAllowed] = "ADMIN SHOW FRONTEND CONFIG without LIKE, or with a pattern that could match an unlisted key.",
        [FilterNotSimple] = "A WHERE or ORDER BY of a SHOW statement with more than columns, comparisons and literals.",
        [Syntax] = "The text is not the guard's subset of StarRocks' grammar.",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
