namespace Outrider.Tests.Boundary.PromQl;

/// <summary>Asks an API of Prometheus' kind.</summary>
internal sealed class QueryClient(HttpClient http, string prefix)
{
    /// <summary>Status and body of an answer to a form.</summary>
    public async Task<(int Status, string Body)> PostAsync(string path, params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent(parameters.Select(one => KeyValuePair.Create(one.Name, one.Value)));
        using var response = await http.PostAsync(new Uri($"{prefix}/api/v1{path}", UriKind.Relative), form);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<(int Status, string Body)> GetAsync(string pathAndQuery)
    {
        using var response = await http.GetAsync(new Uri($"{prefix}/api/v1{pathAndQuery}", UriKind.Relative));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<QueryAnswer> QueryAsync(string query, long time) =>
        QueryAnswer.Of(await PostAsync("/query", ("query", query), ("time", Seconds(time))));

    public async Task<QueryAnswer> QueryAsync(string query, long start, long end, long step) => QueryAnswer.Of(
        await PostAsync("/query_range", ("query", query), ("start", Seconds(start)), ("end", Seconds(end)), ("step", Seconds(step))));

    private static string Seconds(long milliseconds) => $"{milliseconds / 1000m}";
}
