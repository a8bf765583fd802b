using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Outrider.Grains.Notifications;

namespace Outrider.Notifiers.Http;

/// <summary>Posts JSON to receivers: no redirects, no proxy, no cookies, and of an answer at most 64 KB.</summary>
internal sealed class HttpReceivers : IDisposable
{
    private const int MaxAnswer = 64 * 1024;

    /// <summary>A name may mean another address after this.</summary>
    private static readonly TimeSpan s_connectionLife = TimeSpan.FromMinutes(2);

    private readonly HttpMessageInvoker _http;

    [SuppressMessage("Reliability", "CA2000", Justification = "The invoker owns the handler.")]
    public HttpReceivers(Connector connector) => _http = new HttpMessageInvoker(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        // A proxy would connect to where we may not.
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = s_connectionLife,
        MaxResponseDrainSize = MaxAnswer,
        ConnectCallback = (context, cancellation) =>
            connector.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation),
    });

    public void Dispose() => _http.Dispose();

    /// <summary>Posts a body and judges the status alone: 2xx is success.</summary>
    public Task<DeliveryResult> PostAsync(string url, object body, IReadOnlyDictionary<string, string>? headers, CancellationToken cancellation) =>
        PostAsync(url, body, headers, static (status, _) => Task.FromResult(new DeliveryResult(true, $"HTTP {status}")), cancellation);

    /// <summary>Posts a body; a success is judged by the answer's body as well.</summary>
    public Task<DeliveryResult> PostAsync(string url, object body, Func<byte[], DeliveryResult> judge, CancellationToken cancellation) =>
        PostAsync(url, body, null, async (_, content) => judge(await ReadAsync(content, cancellation)), cancellation);

    private async Task<DeliveryResult> PostAsync(
        string url, object body, IReadOnlyDictionary<string, string>? headers, Func<int, HttpContent, Task<DeliveryResult>> judge,
        CancellationToken cancellation)
    {
        if (ChannelFaults.UrlProblem(url) is { } problem)
            return new DeliveryResult(false, $"The channel's url {problem}.");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(Json.Write(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("outrider", null));
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            if (name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase))
                request.Headers.UserAgent.Clear();
            if (!request.Headers.TryAddWithoutValidation(name, value) && !request.Content.Headers.TryAddWithoutValidation(name, value))
                return new DeliveryResult(false, $"The header {name} can't be sent.");
        }
        using var answer = await _http.SendAsync(request, cancellation);
        var status = (int)answer.StatusCode;
        return answer.IsSuccessStatusCode ? await judge(status, answer.Content) : Refused(status);
    }

    /// <summary>
    /// Only when the receiver says that this very message is wrong, trying again can't help. A wrong key or address can be put right while
    /// the message waits.
    /// </summary>
    private static DeliveryResult Refused(int status) => status is >= 300 and < 400
        ? new DeliveryResult(false, $"HTTP {status}: the receiver redirects, which is not followed.")
        : new DeliveryResult(false, $"HTTP {status}", Permanent: status is 400 or 413 or 415 or 422);

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var answer = new byte[MaxAnswer];
        var length = await stream.ReadAtLeastAsync(answer, MaxAnswer, throwOnEndOfStream: false, cancellation);
        return answer[..length];
    }
}
