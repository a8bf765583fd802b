using Outrider.Testing.Processes;

namespace Outrider.Bench.Sql;

/// <summary>What users do: REST at the centre.</summary>
internal sealed class RestCaller(OutriderStack stack, string sql) : ICaller
{
    public static Task<ICaller> ConnectAsync(OutriderStack stack, string sql) => Task.FromResult<ICaller>(new RestCaller(stack, sql));

    public async Task AskAsync()
    {
        using var response = await stack.QueryAsync(sql);
        var body = await response.Content.ReadAsByteArrayAsync();
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException(System.Text.Encoding.UTF8.GetString(body));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
