using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Web;

/// <summary>
/// Serves the page at <c>/</c> and at every address that is the page's own: what a browser asks for and no endpoint, file or API takes. The
/// page does its own routing.
/// </summary>
/// <param name="folder">Of the built dashboard; needn't be there.</param>
internal sealed class DashboardPage(RequestDelegate next, string folder)
{
    /// <summary>The page's own address; it isn't served as it lies there.</summary>
    public const string File = "/index.html";

    private const string Html = "text/html";
    private const string Placeholder = "__CSP_NONCE__";
    private const int NonceBytes = 16;

    /// <summary>Where only endpoints answer: an address there that is nobody's is an error, to a browser too.</summary>
    private static readonly PathString[] s_reserved =
        ["/api", "/mcp", "/sse", "/messages", "/ws", "/agent", "/health", "/metrics", "/openapi", "/prometheus", "/install", "/install.sh", DashboardFiles.Hashed];

    private readonly string _file = Path.Join(folder, File);

    public async Task InvokeAsync(HttpContext http)
    {
        if (!IsWanted(http))
        {
            await next(http);
            return;
        }
        string page;
        try
        {
            page = await System.IO.File.ReadAllTextAsync(_file, http.RequestAborted);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            await ProblemJson.WriteAsync(http, new Problem(ProblemCodes.NotFound,
                "The dashboard isn't here. ./run builds it; by hand: npm --prefix dashboard ci, run generate and run build, then name the folder "
                + "artifacts/dashboard in OUTRIDER_DASHBOARD. The API is at /api/v1 (GET /openapi/v1.json)."));
            return;
        }
        await WriteAsync(http, page);
    }

    private static async Task WriteAsync(HttpContext http, string page)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        var bytes = Encoding.UTF8.GetBytes(page.Replace(Placeholder, nonce, StringComparison.Ordinal));
        var headers = http.Response.Headers;
        headers.ContentType = $"{Html}; charset=utf-8";
        headers.ContentLength = bytes.Length;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static bool IsWanted(HttpContext http)
    {
        var request = http.Request;
        if (http.GetEndpoint() is not null || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            return false;
        return request.Path == "/" || request.Path == File
            || (Names(request.Headers.Accept, Html)
                && !s_reserved.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Programs take anything (<c>*/*</c>); a browser that goes to an address says that it wants a page.</summary>
    private static bool Names(StringValues accept, string type) =>
        accept.Any(one => one?.Contains(type, StringComparison.OrdinalIgnoreCase) is true);
}
