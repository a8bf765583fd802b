using System.Globalization;
using System.Text;
using Outrider.Agent.Connections;
using Outrider.Agent.Executors.Databases;
using Outrider.Agent.Statements;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.ClickHouse;

/// <summary>
/// Runs statements, a request each. The server sends its answer when the statement has ended (<c>wait_end_of_query</c>), so the status of the
/// answer is the statement's; reading ones it runs with <c>readonly=2</c>, which they can't lift.
/// </summary>
internal sealed class ClickHouseSession(HttpClient client, DatabaseConnection connection, int maxRows, TimeProvider time) : IStatementSession
{
    private const string Format = "TabSeparatedWithNamesAndTypes";
    private const int MaxError = 16 * 1024;

    private static readonly TimeSpan s_killTimeout = TimeSpan.FromSeconds(5);

    public Task<Problem?> BeginAsync(BatchMode mode, CancellationToken cancellation) => Task.FromResult<Problem?>(null);

    public async Task<StatementOutcome> ExecuteAsync(
        string sql, SqlStatement statement, BatchMode mode, IRowSink rows, CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString("N");
        try
        {
            using var request = Request(sql, id, statement.Kind == StatementKind.Read);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            if (!answer.IsSuccessStatusCode)
                return await ProblemOfAsync(answer, body, cancellation);
            if (await ReadAsync(answer, body, rows, cancellation) is { } problem)
                return problem;
            return new StatementOutcome(statement.Kind == StatementKind.Write ? Written(answer) : null, null);
        }
        catch (OperationCanceledException)
        {
            await KillAsync(id);
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Problem(ProblemCodes.DatabaseUnreachable,
                $"The database can't be reached, or the connection was lost, and then what became of the statement isn't known: {e.Message}");
        }
    }

    public Task<Problem?> CommitAsync(CancellationToken cancellation) => Task.FromResult<Problem?>(null);

    public Task RollbackAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        if (!connection.IsShared)
            client.Dispose();
        return ValueTask.CompletedTask;
    }

    private HttpRequestMessage Request(string sql, string id, bool isReading)
    {
        var query = new StringBuilder($"/?query_id={id}&wait_end_of_query=1&default_format={Format}");
        if (connection.Database is not null)
            query.Append("&database=").Append(Uri.EscapeDataString(connection.Database));
        if (isReading)
            query.Append(CultureInfo.InvariantCulture, $"&readonly=2&max_result_rows={maxRows + 1}&result_overflow_mode=break");
        return new HttpRequestMessage(HttpMethod.Post, new Uri(query.ToString(), UriKind.Relative)) { Content = new StringContent(sql, Encoding.UTF8) };
    }

    /// <summary>Rows as lines of cells between tabulators, after a line of names and one of types.</summary>
    private static async Task<Problem?> ReadAsync(HttpResponseMessage answer, Stream body, IRowSink rows, CancellationToken cancellation)
    {
        using var lines = new StreamReader(body, Encoding.UTF8);
        if (await lines.ReadLineAsync(cancellation) is not { } names)
            return null;
        if (answer.Content.Headers.ContentType?.MediaType != "text/tab-separated-values")
            return new Problem(ProblemCodes.SqlFailed, "The statement ran, and its rows came in a format of its own, which isn't read. Leave FORMAT out.");
        await rows.BeginRowsAsync([.. names.Split('\t').Select(name => TabSeparated.Read(name) ?? "")], cancellation);
        await lines.ReadLineAsync(cancellation);
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            if (!await rows.AddRowAsync([.. line.Split('\t').Select(TabSeparated.Read)], cancellation))
                break;
        }
        return null;
    }

    /// <summary>Rows written, as newer servers say; null: this one doesn't.</summary>
    private static long? Written(HttpResponseMessage answer)
    {
        const string Member = "\"written_rows\":\"";
        var summary = answer.Headers.TryGetValues("X-ClickHouse-Summary", out var values) ? values.First() : "";
        var start = summary.IndexOf(Member, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var digits = summary.AsSpan(start + Member.Length);
        var end = digits.IndexOf('"');
        return end > 0 && long.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? rows : null;
    }

    private static async Task<Problem> ProblemOfAsync(HttpResponseMessage answer, Stream body, CancellationToken cancellation)
    {
        var bytes = new byte[MaxError];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        var text = Encoding.UTF8.GetString(bytes, 0, length).Trim();
        return new Problem(ProblemCodes.SqlFailed, text.Length > 0 ? text : $"The server answers with HTTP status {(int)answer.StatusCode}.")
        {
            Details = CodeOf(text) is { } code ? new() { ["code"] = code } : null,
        };
    }

    /// <summary>The number in <c>Code: 62, e.displayText() = …</c> or <c>Code: 62. DB::Exception: …</c>.</summary>
    private static string? CodeOf(string text)
    {
        const string Start = "Code: ";
        if (!text.StartsWith(Start, StringComparison.Ordinal))
            return null;
        var digits = text.AsSpan(Start.Length);
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return length > 0 ? digits[..length].ToString() : null;
    }

    private async Task KillAsync(string id)
    {
        using var timeout = new CancellationTokenSource(s_killTimeout, time);
        try
        {
            using var request = Request($"KILL QUERY WHERE query_id = '{id}' ASYNC", Guid.NewGuid().ToString("N"), isReading: false);
            using var answer = await client.SendAsync(request, timeout.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // Nothing more can be done from here.
        }
    }
}
