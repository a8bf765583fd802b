using System.Text;
using System.Text.Json;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Rest.Alerts;

/// <summary>Sends bodies as they are written, and answers with status and JSON.</summary>
internal static class AlertClient
{
    public static async Task<(int Status, JsonElement Json)> AskAsync(
        this HttpClient client, string method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), TestCentre.Path(path));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, type);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    /// <summary>The answer, which must have this status.</summary>
    public static async Task<JsonElement> GetsAsync(
        this HttpClient client, int status, string method, string path, string? body = null, string type = "application/json")
    {
        var answer = await client.AskAsync(method, path, body, type);
        Assert.True(answer.Status == status, $"{method} {path}: {answer.Status} {answer.Json}");
        return answer.Json;
    }

    public static string Text(this JsonElement json, string member) => json.GetProperty(member).ToString();
}
