using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations;
using Outrider.Api.Rest.Requests;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Rest;

/// <summary>Read-only SQL through an agent.</summary>
public static class SqlEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var sql = api.MapGroup("/agents/{agent}/sql").WithTags("SQL");
        sql.MapPost("/", RunAsync).WithName("runSql").WithSummary("Runs one read-only statement. Operator.");
        sql.MapPost("/batch", RunBatchAsync).WithName("runSqlBatch")
            .WithSummary("Runs up to 50 read-only statements one after the other; one that fails doesn't stop the next. Operator.");
        sql.MapPost("/check", CheckAsync).WithName("checkSql")
            .WithSummary("Says whether the SQL guard would let a statement run; nothing runs, and nothing counts. Operator.");
    }

    private static async Task<ApiResult<SqlCheck>> CheckAsync(HttpContext context, SqlOperations operations, string agent, SqlCheckRequest request) =>
        await operations.CheckAsync(context.Caller(), agent, request.Sql);

    private static async Task<SqlAnswerResult> RunAsync(
        HttpContext context, SqlOperations operations, string agent, SqlRequest request, CancellationToken cancellation)
    {
        var limits = Limits(request.TimeoutMs, request.MaxRows, request.MaxBytes);
        return new(await operations.RunAsync(context.Caller(), agent, request.Sql, limits, cancellation));
    }

    private static async Task<SqlBatchResult> RunBatchAsync(
        HttpContext context, SqlOperations operations, string agent, SqlBatchRequest request, CancellationToken cancellation)
    {
        var limits = Limits(request.TimeoutMs, request.MaxRows, request.MaxBytes);
        return new(await operations.RunBatchAsync(context.Caller(), agent, request.Statements, limits, cancellation));
    }

    private static SqlLimits Limits(int? timeoutMs, int? maxRows, int? maxBytes) => new()
    {
        TimeoutMs = timeoutMs ?? SqlLimits.Default.TimeoutMs,
        MaxRows = maxRows ?? SqlLimits.Default.MaxRows,
        MaxBytes = maxBytes ?? SqlLimits.Default.MaxBytes,
    };
}
