using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Api.Problems;
using Outrider.Api.Rest;
using Outrider.Silo.Hosting.Configuration;

namespace Outrider.Silo.Hosting.Commands;

/// <summary>Calls a centre over REST for a command.</summary>
internal sealed class CentreClient : IDisposable
{
    private static readonly JsonSerializerOptions s_json = CreateJson();

    private readonly HttpClient _http;

    private readonly string _program;

    /// <param name="program">Whose command calls: the name in what a person is told to do.</param>
    public CentreClient(string url, string key, string program)
    {
        _program = program;
        _http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(35) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Sends, and returns the answer's JSON; null when it has none.</summary>
    /// <exception cref="CentreException">The centre can't be reached, or refuses: the message is for the person.</exception>
    public async Task<JsonElement?> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, RestApi.Prefix + path);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: s_json);
        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (response.IsSuccessStatusCode)
                return bytes.Length == 0 ? null : JsonDocument.Parse(bytes).RootElement.Clone();
            throw new CentreException(Explain(response, bytes));
        }
        catch (HttpRequestException e)
        {
            throw new CentreException(
                $"No centre answers at {_http.BaseAddress} ({e.Message}). Start one ({_program} serve), or name its address: OUTRIDER_URL or --url.", e);
        }
        catch (JsonException e)
        {
            throw new CentreException($"What answers at {_http.BaseAddress} is no Outrider centre. Name its address: OUTRIDER_URL or --url.", e);
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new CentreException($"The centre at {_http.BaseAddress} did not answer in time.", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Explain(HttpResponseMessage response, byte[] body) =>
        response.Content.Headers.ContentType?.MediaType == ProblemJson.ContentType
        && JsonSerializer.Deserialize<ProblemView>(body, s_json) is { } problem
            ? $"{problem.Detail} ({problem.Code})"
            : $"The centre answered {(int)response.StatusCode} {response.ReasonPhrase}.";

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions();
        RestJson.Configure(options);
        options.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip;
        options.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull;
        return options;
    }
}
