using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Api.Auth;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.People;

/// <summary>Keeps cookies and says where a page is from, as browsers do.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _client;

    public Browser(Uri centre)
    {
        Centre = centre;
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = centre };
    }

    public Uri Centre { get; }

    public CookieContainer Cookies { get; } = new();

    /// <summary>What the page sends with calls that change something; null: nothing.</summary>
    public string? Csrf { get; set; }

    /// <summary>The session, as the browser keeps it from its pages; null: none.</summary>
    public string? Session => Cookies.GetCookies(Centre)[SessionCookie.Name]?.Value is { Length: > 0 } value ? value : null;

    public Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestMessage>? change = null) => SendAsync(HttpMethod.Get, path, null, change);

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null, Action<HttpRequestMessage>? change = null) =>
        SendAsync(HttpMethod.Post, path, body, change);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, TestCentre.Path(path));
        if (body is not null)
            request.Content = JsonContent.Create(body, options: TestCentre.Json);
        if (Csrf is not null)
            request.Headers.Add(SessionCookie.CsrfHeader, Csrf);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (method != HttpMethod.Get)
            request.Headers.Add("Origin", Centre.GetLeftPart(UriPartial.Authority));
        change?.Invoke(request);
        return await _client.SendAsync(request);
    }

    /// <summary>The answer's status and, of a problem, its code.</summary>
    public async Task<(int Status, string? Code)> TryAsync(HttpMethod method, string path, object? body = null, Action<HttpRequestMessage>? change = null)
    {
        using var response = await SendAsync(method, path, body, change);
        return ((int)response.StatusCode, response.IsSuccessStatusCode ? null : (await ReadAsync(response)).GetProperty("code").GetString());
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).Clone();

    public void Dispose() => _client.Dispose();
}
