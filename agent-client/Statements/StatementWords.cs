namespace Outrider.Agent.Statements;

/// <summary>A dialect's words, by what they make of a statement.</summary>
internal sealed class StatementWords
{
    private static readonly StatementWords s_mySql = new(DialectWords.MySql);
    private static readonly StatementWords s_doris = new(DialectWords.Doris);
    private static readonly StatementWords s_postgres = new(DialectWords.Postgres);
    private static readonly StatementWords s_clickHouse = new(DialectWords.ClickHouse);

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _calls;
    private readonly string[] _callPrefixes;

    private StatementWords(DialectWords source)
    {
        Kinds = source.Kinds();
        DdlObjects = Set(source.DdlObjects);
        AdminObjects = Set(source.AdminObjects);
        Verbs = Lookup("SELECT INSERT UPDATE DELETE REPLACE MERGE VALUES TABLE CREATE EXECUTE WITH");
        Writing = Lookup("INSERT UPDATE DELETE MERGE");
        Dangerous = Lookup(source.DangerousWords);
        Engines = Lookup(source.Engines);
        _calls = Lookup(source.Calls);
        _callPrefixes = source.CallPrefixes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>First words whose kind is known without more.</summary>
    public IReadOnlyDictionary<string, StatementKind> Kinds { get; }

    /// <summary>What CREATE, ALTER, DROP and the like may be about, as ddl.</summary>
    public IReadOnlySet<string> DdlObjects { get; }

    /// <summary>What they may be about as admin only.</summary>
    public IReadOnlySet<string> AdminObjects { get; }

    public HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Verbs { get; }

    public HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Writing { get; }

    /// <summary>Words without quotes that make any statement admin.</summary>
    public HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Dangerous { get; }

    /// <summary>Table and database engines that read files or talk to other servers.</summary>
    public HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Engines { get; }

    public static StatementWords Of(SqlDialect dialect) => dialect switch
    {
        SqlDialect.MySql => s_mySql,
        SqlDialect.Doris => s_doris,
        SqlDialect.Postgres => s_postgres,
        _ => s_clickHouse,
    };

    /// <summary>Functions that read files, reach other servers, wait, or change what isn't rows.</summary>
    public bool IsDangerousCall(ReadOnlySpan<char> name)
    {
        if (_calls.Contains(name))
            return true;
        foreach (var prefix in _callPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static HashSet<string> Set(string words) =>
        new(words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup(string words) => Set(words).GetAlternateLookup<ReadOnlySpan<char>>();
}
