using System.Globalization;
using System.Runtime.CompilerServices;
using Outrider.MySql.Server;
using Outrider.Samples.DemoStarRocks.Scenarios;
using Outrider.Samples.DemoStarRocks.Sql;

namespace Outrider.Samples.DemoStarRocks;

/// <summary>Answers statements as a StarRocks front end in the scenario's condition would.</summary>
/// <param name="scenario">The condition.</param>
/// <param name="time">Gives the front end's local time.</param>
public sealed class DemoHandler(Scenario scenario, TimeProvider time) : IQueryHandler
{
    private static readonly ResultTable s_noTable = new([], [[]], TimeSpan.Zero);

    private static readonly (string Show, string Proc)[] s_aliases =
    [
        ("SHOW BACKENDS", "SHOW PROC '/backends'"),
        ("SHOW COMPUTE NODES", "SHOW PROC '/compute_nodes'"),
        ("SHOW FRONTENDS", "SHOW PROC '/frontends'"),
        ("SHOW BROKER", "SHOW PROC '/brokers'"),
    ];

    private readonly ConditionalWeakTable<ServerSession, string> _lastQueryIds = [];

    /// <summary>Called with each statement that the scenario has no answer for, so that its author can add one.</summary>
    public Action<string>? Unanswered { get; set; }

    /// <inheritdoc/>
    public async ValueTask<QueryReply> HandleAsync(string sql, ServerSession session, CancellationToken cancellationToken)
    {
        var (reply, latency) = Answer(sql, session);
        _lastQueryIds.AddOrUpdate(session, Guid.CreateVersion7().ToString());
        if (latency > TimeSpan.Zero)
            await Task.Delay(latency, time, cancellationToken);
        if (reply is not null)
            return reply;
        Unanswered?.Invoke(sql);
        return StarRocksErrors.Unanswered(sql, Tokenizer.Tokenize(sql) ?? []);
    }

    /// <summary>Null when there is none.</summary>
    private (QueryReply? Reply, TimeSpan Latency) Answer(string sql, ServerSession session)
    {
        if (Tokenizer.Tokenize(sql) is not { Count: > 0 } tokens)
            return default;
        if (Find(tokens) is { } answer)
            return (Reply(answer), answer.Latency);
        if (tokens[0].Is("SELECT"))
            return Select(sql, tokens, session);
        if (tokens is [var use, var database] && use.Is("USE"))
        {
            session.Database = database.Value;
            return (QueryReply.Done, default);
        }
        return tokens.Count >= 4 && tokens[0].Is("SET") && tokens.Any(token => token.Is("=")) ? (QueryReply.Done, default) : default;
    }

    private Answer? Find(List<Token> tokens)
    {
        var statement = Tokenizer.Normalize(tokens);
        if (scenario.Answers.TryGetValue(statement, out var answer))
            return answer;
        foreach (var (show, proc) in s_aliases)
        {
            var other = statement == show ? proc : statement == proc ? show : null;
            if (other is not null && scenario.Answers.TryGetValue(other, out answer))
                return answer;
        }
        return tokens is [.. var start, var like, { Kind: TokenKind.Text } pattern] && like.Is("LIKE")
            && scenario.Answers.TryGetValue(Tokenizer.Normalize(start), out answer) && answer.Table is { } table
                ? answer with { Table = Like(table, pattern.Value) } : null;
    }

    private static ResultTable Like(ResultTable table, string pattern) =>
        table with { Rows = [.. table.Rows.Where(row => row[0] is { } cell && LikePattern.Matches(cell, pattern, ignoreCase: true))] };

    private QueryReply Reply(Answer answer)
    {
        if (answer.Error is { } error)
            return new QueryReply.Error(error);
        if (answer.Table?.At(time.GetLocalNow()) is not { } table)
            return QueryReply.Done;
        return new QueryReply.ResultSet(table.Columns, table.Rows.ToAsyncEnumerable());
    }

    private (QueryReply? Reply, TimeSpan Latency) Select(string sql, List<Token> tokens, ServerSession session)
    {
        var now = time.GetLocalNow();
        var parser = new SelectParser(sql, tokens, now.DateTime);
        if (parser.Parse() is not { } select)
        {
            Unanswered?.Invoke(sql);
            return (StarRocksErrors.Syntax(sql, parser.Unexpected), default);
        }
        var evaluator = new SelectEvaluator(Functions(session, now));
        if (select.Table is null)
            return (evaluator.Evaluate(select, s_noTable), default);
        var hasDatabase = select.Table.Contains('.', StringComparison.Ordinal);
        if (!hasDatabase && session.Database is null)
            return (QueryReply.Failed(1046, "3D000", "No database selected"), default);
        var name = hasDatabase ? select.Table : $"{session.Database!.ToLowerInvariant()}.{select.Table}";
        return scenario.Tables.TryGetValue(name, out var table)
            ? (evaluator.Evaluate(select, table.At(now)), table.Latency)
            : (StarRocksErrors.UnknownTable(name), default);
    }

    private Dictionary<string, string?> Functions(ServerSession session, DateTimeOffset now) => new()
    {
        ["version"] = scenario.HandshakeVersion,
        ["current_version"] = scenario.Version,
        ["now"] = now.ToString(Placeholders.TimeFormat, CultureInfo.InvariantCulture),
        ["database"] = session.Database,
        ["current_user"] = $"'{session.User}'@'%'",
        ["connection_id"] = session.ConnectionId.ToString(CultureInfo.InvariantCulture),
        ["last_query_id"] = _lastQueryIds.TryGetValue(session, out var id) ? id : null,
        ["@@version_comment"] = scenario.VersionComment,
    };
}
