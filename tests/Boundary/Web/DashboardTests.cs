using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Outrider.Testing;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Web;

/// <summary>The web page as a centre serves it, from a folder that holds what a build leaves.</summary>
public sealed partial class DashboardTests : IAsyncLifetime
{
    private const string Script = "export const answer = 42;";
    private const string Secret = "no business of the web";
    private const string Browser = "text/html,application/xhtml+xml,*/*;q=0.8";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("outrider-dashboard-");
    private TestCentre _centre = null!;

    private string Built => Path.Combine(_folder.FullName, "dashboard");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(Built, "assets"));
        await File.WriteAllTextAsync(Path.Combine(Built, "index.html"), """<html><meta property="csp-nonce" nonce="__CSP_NONCE__" /><div id="root"></div></html>""");
        await File.WriteAllTextAsync(Path.Combine(Built, "icon.svg"), "<svg/>");
        await File.WriteAllTextAsync(Path.Combine(Built, ".env"), Secret);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "platform.key"), Secret);
        var script = Path.Combine(Built, "assets", "app-1a2b.js");
        await File.WriteAllTextAsync(script, Script);
        await CompressAsync($"{script}.br", file => new BrotliStream(file, CompressionLevel.Optimal));
        await CompressAsync($"{script}.gz", file => new GZipStream(file, CompressionLevel.Optimal));
        _centre = await TestCentre.StartAsync(options => options with { Dashboard = Built });
    }

    public async Task DisposeAsync()
    {
        await _centre.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/", "*/*")]
    [InlineData("/index.html", "*/*")]
    [InlineData("/", Browser)]
    [InlineData("/agents/db.1/tasks?status=failed", Browser)]
    [InlineData("/welcome", Browser)]
    public async Task Page_AtItsAddresses_HasAFreshNonceAndItsPolicy(string path, string accept)
    {
        using var first = await GetAsync(path, accept);
        using var second = await GetAsync(path, accept);
        var nonce = NonceOf(await first.Content.ReadAsStringAsync());
        var policy = first.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("text/html; charset=utf-8", first.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
        Assert.Equal(
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", first.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", first.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", first.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Contains("camera=()", first.Headers.GetValues("Permissions-Policy").Single());
        Assert.Equal(16, Convert.FromBase64String(nonce).Length);
        Assert.NotEqual(nonce, NonceOf(await second.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/API/v2")]
    [InlineData("/mcp/x")]
    [InlineData("/ws/x")]
    [InlineData("/agent/v9")]
    [InlineData("/health/x")]
    [InlineData("/metrics/x")]
    [InlineData("/openapi/v2/x")]
    [InlineData("/prometheus/x")]
    [InlineData("/install/x")]
    [InlineData("/assets/gone-1a2b.js")]
    [InlineData("/assets/")]
    [InlineData("/assets")]
    public async Task Address_OfSomethingElse_IsAProblemToABrowserToo(string path)
    {
        using var response = await GetAsync(path, Browser);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Address_OfNothing_IsAProblemToAProgram()
    {
        using var program = await GetAsync("/agents", "*/*");
        Assert.Equal(HttpStatusCode.NotFound, program.StatusCode);
        using var client = _centre.Client(null);
        using var post = await client.PostAsync(new Uri("/agents", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
        using var wrongMethod = await client.GetAsync(new Uri("/api/v1/register", UriKind.Relative));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrongMethod.StatusCode);
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    [InlineData(null, null)]
    public async Task Asset_IsServedAsItsClientTakesItAndKeptForGood(string? accepted, string? encoding)
    {
        using var response = await GetAsync("/assets/app-1a2b.js", "*/*", request =>
        {
            if (accepted is not null)
                request.Headers.Add("Accept-Encoding", accepted);
        });
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl?.ToString());
        Assert.Equal("Accept-Encoding", response.Headers.Vary.Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(Script, Decompress(body, encoding));
    }

    [Fact]
    public async Task File_WithoutAHashedName_IsAskedForEachTime()
    {
        using var icon = await GetAsync("/icon.svg", Browser);
        Assert.Equal("image/svg+xml", icon.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", icon.Headers.CacheControl?.ToString());

        using var again = await GetAsync("/icon.svg", Browser, request => request.Headers.IfNoneMatch.Add(icon.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/icon.svg", "image/svg+xml")]
    public async Task Head_IsTheSameWithoutABody(string path, string type)
    {
        using var whole = await GetAsync(path, Browser);
        using var head = await GetAsync(path, Browser, request => request.Method = HttpMethod.Head);
        Assert.Equal((HttpStatusCode.OK, type), (head.StatusCode, head.Content.Headers.ContentType?.MediaType));
        Assert.Equal(whole.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/../platform.key")]
    [InlineData("/%2e%2e/platform.key")]
    [InlineData("/assets/../../platform.key")]
    [InlineData("/assets/..%2f..%2fplatform.key")]
    [InlineData("/assets/%2e%2e%5c..%5cplatform.key")]
    [InlineData("/..\\platform.key")]
    [InlineData("//platform.key")]
    [InlineData("/assets/%00/../../platform.key")]
    [InlineData("/.env")]
    [InlineData("/assets/app-1a2b.js.br")]
    public async Task Path_ThatLeavesTheFolderOrIsHidden_IsNotThere(string path)
    {
        var answer = await RawAsync(path);
        Assert.Matches("^HTTP/1.1 (404|400) ", answer);
        Assert.DoesNotContain(Secret, answer);
    }

    [Fact]
    public async Task Page_NotBuilt_SaysHowToBuildIt()
    {
        await using var bare = await TestCentre.StartAsync(options => options with { Dashboard = Path.Combine(_folder.FullName, "none") });
        using var client = bare.Client(null);
        using var response = await client.GetAsync(new Uri("/", UriKind.Relative));
        var problem = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("./run", problem);
        Assert.Contains("OUTRIDER_DASHBOARD", problem);
    }

    private static async Task CompressAsync(string path, Func<Stream, Stream> compression)
    {
        await using var file = File.Create(path);
        await using var stream = compression(file);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(Script));
    }

    private static string Decompress(byte[] body, string? encoding)
    {
        using var bytes = new MemoryStream(body);
        using Stream stream = encoding switch
        {
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            _ => bytes,
        };
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string NonceOf(string page) => Nonce().Match(page).Groups[1].Value;

    private async Task<HttpResponseMessage> GetAsync(string path, string accept, Action<HttpRequestMessage>? change = null)
    {
        using var client = _centre.Client(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("Accept", accept);
        change?.Invoke(request);
        return await client.SendAsync(request);
    }

    /// <summary>The whole answer to a request whose path no client has tidied.</summary>
    private async Task<string> RawAsync(string path)
    {
        using var timeout = new CancellationTokenSource(TestTimeouts.Default, TimeProvider.System);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(_centre.Url.Host, _centre.Url.Port, timeout.Token);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), timeout.Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(timeout.Token);
    }

    [GeneratedRegex("nonce=\"([^\"]+)\"")]
    private static partial Regex Nonce();
}
