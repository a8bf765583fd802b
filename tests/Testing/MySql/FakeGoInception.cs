using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Outrider.MySql.Payloads;
using Outrider.MySql.Server;

namespace Outrider.Testing.MySql;

/// <summary>
/// A goInception as its documentation has it: takes the options of the leading comment, answers a row per statement, executes nothing. A
/// statement that holds BAD fails in execution, one that holds WARN has a warning, one that holds SLOW waits to be killed.
/// </summary>
public sealed partial class FakeGoInception : IQueryHandler, IAsyncDisposable
{
    private static readonly string[] s_columns =
    [
        "order_id", "stage", "error_level", "stage_status", "error_message", "sql", "affected_rows", "sequence", "backup_dbname", "execute_time", "sqlsha1", "backup_time",
    ];

    private readonly MySqlServer _server;
    private readonly TaskCompletionSource _slow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeGoInception() => _server = MySqlServer.Start(
        new IPEndPoint(IPAddress.Loopback, 0), new ServerOptions { FindPassword = user => user == "root" ? "" : null, ServerVersion = "5.7.25-TiDB-v1.3.0" }, this, TimeProvider.System);

    public int Port => _server.Address.Port;

    /// <summary>The options of the last call, quotes of YAML taken away.</summary>
    public Dictionary<string, string> Options { get; private set; } = [];

    /// <summary>The statements of the last call.</summary>
    public IReadOnlyList<string> Statements { get; private set; } = [];

    /// <summary>Whole until the first SLOW statement runs.</summary>
    public Task SlowBegan => _slow.Task;

    public ValueTask<QueryReply> HandleAsync(string sql, ServerSession session, CancellationToken cancellationToken)
    {
        if (Call().Match(sql) is not { Success: true } call)
            return ValueTask.FromResult(QueryReply.Failed(1105, "HY000", $"inception: syntax error near {sql}"));
        Options = call.Groups[1].Value.Replace("remote", "", StringComparison.Ordinal).Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(option => option.Split('=', 2)).ToDictionary(option => option[0].TrimStart('-'), option => Unquote(option[1]));
        Statements = [.. call.Groups[2].Value.Split(";\n", StringSplitOptions.RemoveEmptyEntries).Select(statement => statement.Trim())];
        return ValueTask.FromResult<QueryReply>(
            new QueryReply.ResultSet([.. s_columns.Select(name => new ColumnDefinitionPayload { Name = name })], ExecuteAsync(cancellationToken)));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async IAsyncEnumerable<IReadOnlyList<string?>> ExecuteAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var isStopped = false;
        for (var order = 1; order <= Statements.Count; order++)
        {
            var statement = Statements[order - 1];
            if (!isStopped && statement.Contains("SLOW", StringComparison.Ordinal))
            {
                _slow.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            }
            var isBad = !isStopped && statement.Contains("BAD", StringComparison.Ordinal);
            yield return isBad ? Failed(order, statement)
                : isStopped ? Row(order, "CHECKED", "0", "Audit Completed", null, statement)
                : Executed(order, statement);
            isStopped |= isBad;
        }
    }

    private IReadOnlyList<string?> Failed(int order, string statement) => Row(
        order, "EXECUTED", "2", "Execute failed", $"Execute: Access denied for user 'root' (using password: {Options["password"]})", statement);

    private IReadOnlyList<string?> Executed(int order, string statement)
    {
        var hasWarning = statement.Contains("WARN", StringComparison.Ordinal);
        if (hasWarning && Options.GetValueOrDefault("ignore_warnings") != "1")
            return Row(order, "CHECKED", "1", "Audit Completed", "Set comments for column 'a'.", statement);
        var isUse = statement.StartsWith("use ", StringComparison.Ordinal);
        return Row(order, "EXECUTED", hasWarning ? "1" : "0", isUse ? "Audit Completed\nExecute Successfully" : "Execute Successfully\nBackup Successfully",
            hasWarning ? "Set comments for column 'a'." : null, statement, "3", $"'1700000000_12_0000000{order}'", isUse ? "" : "127_0_0_1_3306_shop");
    }

    private static IReadOnlyList<string?> Row(
        int order, string stage, string level, string status, string? message, string sql, string affected = "0", string sequence = "", string backup = "") =>
        [$"{order}", stage, level, status, message, sql, affected, sequence, backup, "0.01", "", "0"];

    private static string Unquote(string value) => value.StartsWith('\'') ? value[1..^1].Replace("''", "'", StringComparison.Ordinal) : value;

    [GeneratedRegex(@"\A/\*(.*?)\*/\s*inception_magic_start;(.*)inception_magic_commit;\z", RegexOptions.Singleline)]
    private static partial Regex Call();
}
