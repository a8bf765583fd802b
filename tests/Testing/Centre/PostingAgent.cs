using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Outrider.Testing.Centre;

/// <summary>An agent without a link: posts to the centre what it is told to.</summary>
public sealed class PostingAgent(TestCentre centre, string name, string? credential)
{
    public string Name => name;

    /// <summary>What it proves itself with.</summary>
    public string? Credential => credential;

    /// <summary>Registers a new agent, whose credential the centre makes.</summary>
    public static async Task<PostingAgent> EnrolAsync(TestCentre centre, string tenant, string name)
    {
        var newcomer = new PostingAgent(centre, name, await centre.CreateTokenAsync(tenant));
        var (status, answer) = await newcomer.PostAsync("register", JsonSerializer.Serialize(new { server_name = name }));
        return status == 200
            ? new PostingAgent(centre, name, answer.GetProperty("credential").GetString())
            : throw new InvalidOperationException($"Not registered: {status} {answer}");
    }

    /// <summary>Reports one value of a metric, which must be stored.</summary>
    /// <param name="time">Null: the centre's clock.</param>
    public async Task MeasureAsync(string metric, double value, DateTimeOffset? time = null, object? labels = null)
    {
        var body = JsonSerializer.Serialize(new
        {
            server_name = name,
            timestamp = time ?? centre.App.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
            samples = new[] { new { metric, value, labels = labels ?? new { } } },
        });
        var (status, answer) = await PostAsync("report", body);
        if (status != 200)
            throw new InvalidOperationException($"Not stored: {status} {answer}");
    }

    public Task<(int Status, JsonElement Answer)> PostAsync(string path, string json, bool gzip = false) =>
        PostAsync(path, Encoding.UTF8.GetBytes(json), "application/json", gzip ? "gzip" : null);

    /// <param name="encoding">What the body says it is; gzip: it is made so, <c>as-gzip</c>: it is taken to be so already.</param>
    public async Task<(int Status, JsonElement Answer)> PostAsync(string path, byte[] body, string? type, string? encoding)
    {
        using var client = centre.Client(credential);
        using var content = new ByteArrayContent(encoding == "gzip" ? Gzip(body) : body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding == "as-gzip" ? "gzip" : encoding);
        // A body that is too long is refused before it is sent; else the answer is lost when the centre hangs up in the middle of it.
        client.DefaultRequestHeaders.ExpectContinue = true;
        using var response = await client.PostAsync(TestCentre.Path($"/{path}"), content);
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests && response.Headers.RetryAfter is null)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{response.StatusCode} without Retry-After: {text}"));
        return ((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(text));
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return to.ToArray();
    }
}
