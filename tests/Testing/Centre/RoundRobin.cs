using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Outrider.Testing.Centre;

/// <summary>A load balancer that gives each request to the next node, whoever sent it.</summary>
public sealed class RoundRobin : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly IReadOnlyList<Uri> _nodes;
    private readonly WebApplication _app;
    private int _requests;

    private RoundRobin(IReadOnlyList<Uri> nodes)
    {
        _nodes = nodes;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    public Uri Url => new(_app.Urls.First());

    public static async Task<RoundRobin> StartAsync(IReadOnlyList<Uri> nodes)
    {
        var balancer = new RoundRobin(nodes);
        await balancer._app.StartAsync();
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext http)
    {
        var node = _nodes[Interlocked.Increment(ref _requests) % _nodes.Count];
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(node, $"{http.Request.Path}{http.Request.QueryString}"));
        if (HttpMethods.IsPost(http.Request.Method))
            request.Content = new StreamContent(http.Request.Body);
        foreach (var (name, values) in http.Request.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
            await AnswerAsync(http, response);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            http.Abort();
        }
    }

    private static async Task AnswerAsync(HttpContext http, HttpResponseMessage response)
    {
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
            http.Response.Headers[name] = values.ToArray();
        http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        // The headers go on as they come: a node that has begun an answer may be long in saying more. To start the response doesn't send them.
        await http.Response.Body.FlushAsync(http.RequestAborted);
        await using var body = await response.Content.ReadAsStreamAsync(http.RequestAborted);
        await body.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
