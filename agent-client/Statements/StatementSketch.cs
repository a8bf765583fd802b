namespace Outrider.Agent.Statements;

/// <summary>
/// What is kept of a statement to judge it by, however long it is: its first words, and what stands out in the rest. It grows by
/// <see cref="Add"/>.
/// </summary>
internal sealed class StatementSketch(string sql, StatementWords words)
{
    private const int MaxHead = 64;

    private readonly List<string> _head = new(MaxHead);
    private Lexeme _last;
    private int _start = -1;
    private int _end;
    private int _depth;
    private bool _isEngine;

    public bool IsEmpty => _start < 0;

    /// <summary>As it was written.</summary>
    public string Text => sql[_start.._end];

    /// <summary>Its first lexemes: words in upper case, symbols, and <c>?</c> for everything else.</summary>
    public IReadOnlyList<string> Head => _head;

    /// <summary>The first verb outside parentheses that isn't the statement's first word.</summary>
    public string? MainVerb { get; private set; }

    /// <summary>Why it needs more than its form says; null: nothing stands out.</summary>
    public string? Danger { get; private set; }

    /// <summary>Whether a verb that changes rows stands anywhere in it.</summary>
    public bool HasWritingVerb { get; private set; }

    public bool HasInto { get; private set; }

    public bool HasWhere { get; private set; }

    /// <summary>Whether it takes locks on the rows it reads.</summary>
    public bool HasLock { get; private set; }

    public bool HasAnalyze { get; private set; }

    public bool HasConcurrently { get; private set; }

    /// <summary>The word after FORMAT, of ClickHouse's INSERT the format of data that follows in the text itself; null: none.</summary>
    public string? InlineFormat { get; private set; }

    /// <summary>Whether it is about passwords.</summary>
    public bool HoldsSecret { get; private set; }

    /// <summary>Takes the statement's next lexeme.</summary>
    public void Add(Lexeme lexeme)
    {
        if (IsEmpty)
            _start = lexeme.Start;
        _end = lexeme.End;
        var text = sql.AsSpan(lexeme.Start, lexeme.End - lexeme.Start);
        if (_head.Count < MaxHead && lexeme.Kind != LexemeKind.ExecutableComment)
            _head.Add(lexeme.Kind is LexemeKind.Word ? text.ToString().ToUpperInvariant() : lexeme.Kind is LexemeKind.Symbol ? text.ToString() : "?");
        if (lexeme.Kind == LexemeKind.ExecutableComment)
            Danger ??= "it has a comment that servers execute";
        if (_isEngine && text is not "=")
            CheckEngine(lexeme.Kind == LexemeKind.Word ? text : Inner(text));
        if (lexeme.Kind == LexemeKind.Word)
            AddWord(text);
        else if (lexeme.Kind == LexemeKind.Symbol)
            AddSymbol(text[0]);
        _last = lexeme;
    }

    public void Clear()
    {
        _head.Clear();
        (_last, _start, _end, _depth, _isEngine) = (default, -1, 0, 0, false);
        (MainVerb, Danger, InlineFormat) = (null, null, null);
        HasWritingVerb = HasInto = HasWhere = HasLock = HasAnalyze = HasConcurrently = HoldsSecret = false;
    }

    private void AddWord(ReadOnlySpan<char> word)
    {
        if (words.Dangerous.Contains(word))
            Danger ??= $"it has the word {word.ToString().ToUpperInvariant()}; a name that is written so belongs into quotes";
        _isEngine = Is(word, "ENGINE");
        HasInto |= Is(word, "INTO") && !Follows("INSERT") && !Follows("MERGE");
        HasWhere |= Is(word, "WHERE");
        HasAnalyze |= Is(word, "ANALYZE");
        HasConcurrently |= Is(word, "CONCURRENTLY");
        HoldsSecret |= Is(word, "IDENTIFIED") || Is(word, "PASSWORD");
        HasLock |= (Follows("FOR") || Follows("IN")) && (Is(word, "UPDATE") || Is(word, "SHARE") || Is(word, "NO") || Is(word, "KEY"));
        if (words.Writing.Contains(word))
            HasWritingVerb |= _head.Count > 1;
        if (_depth == 0 && MainVerb is null && _head.Count > 1 && words.Verbs.Contains(word))
            MainVerb = word.ToString().ToUpperInvariant();
        if (_depth == 0 && Follows("FORMAT"))
            InlineFormat ??= word.ToString();
    }

    private void AddSymbol(char symbol)
    {
        if (symbol == '(')
        {
            _depth++;
            if (_last.Kind is LexemeKind.Word or LexemeKind.QuotedName)
                CheckCall();
        }
        else if (symbol == ')')
        {
            _depth--;
        }
    }

    private void CheckCall()
    {
        var name = sql.AsSpan(_last.Start, _last.End - _last.Start);
        if (words.IsDangerousCall(_last.Kind == LexemeKind.QuotedName ? Inner(name) : name))
            Danger ??= $"it calls {name}";
    }

    private void CheckEngine(ReadOnlySpan<char> engine)
    {
        _isEngine = false;
        if (words.Engines.Contains(engine))
            Danger ??= $"the engine {engine} reaches beyond the database";
    }

    private bool Follows(string keyword) => _last.Kind == LexemeKind.Word && Is(sql.AsSpan(_last.Start, _last.End - _last.Start), keyword);

    private static ReadOnlySpan<char> Inner(ReadOnlySpan<char> quoted) => quoted.Length > 2 ? quoted[1..^1] : quoted;

    private static bool Is(ReadOnlySpan<char> word, string keyword) => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
