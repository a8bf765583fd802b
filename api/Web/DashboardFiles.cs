using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Outrider.Api.Web;

/// <summary>
/// The files of the built dashboard but for the page itself. Compressed variants lie beside them (<c>app.js.br</c>, <c>app.js.gz</c>) and are
/// served in their place to who takes them.
/// </summary>
internal sealed class DashboardFiles : IContentTypeProvider, IDisposable
{
    /// <summary>Where files lie whose names change with their contents.</summary>
    public const string Hashed = "/assets";

    // The better first.
    private static readonly (string Encoding, string Ending)[] s_variants = [("br", ".br"), ("gzip", ".gz")];

    private readonly PhysicalFileProvider _files;
    private readonly FileExtensionContentTypeProvider _types = new();

    /// <param name="folder">Must be there. Names that begin with a dot aren't served.</param>
    public DashboardFiles(string folder)
    {
        _files = new PhysicalFileProvider(Path.GetFullPath(folder));
        Options = new StaticFileOptions { FileProvider = _files, ContentTypeProvider = this, OnPrepareResponse = Prepare };
    }

    public StaticFileOptions Options { get; }

    public void Dispose() => _files.Dispose();

    /// <summary>Whether a request that no endpoint takes asks for one of these files.</summary>
    public bool Has(HttpContext http) =>
        http.GetEndpoint() is null && http.Request.Path.Value is { } path && path != DashboardPage.File && VariantOf(path) is null && IsThere(path);

    /// <summary>Turns a request for a file into one for the best variant that its client takes.</summary>
    public Task ChooseAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.Vary = "Accept-Encoding";
        var taken = http.Request.GetTypedHeaders().AcceptEncoding;
        foreach (var (encoding, ending) in s_variants)
        {
            if (!taken.Any(one => one.Value == encoding && one.Quality is not 0) || !IsThere(http.Request.Path + ending))
                continue;
            http.Request.Path += ending;
            break;
        }
        return next(http);
    }

    /// <summary>A variant's type is that of what it was made from.</summary>
    public bool TryGetContentType(string subpath, [MaybeNullWhen(false)] out string contentType) =>
        _types.TryGetContentType(VariantOf(subpath) is { } variant ? subpath[..^variant.Ending.Length] : subpath, out contentType);

    private bool IsThere(string path) => _files.GetFileInfo(path) is { Exists: true, IsDirectory: false };

    private static void Prepare(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        if (VariantOf(file.File.Name) is { } variant)
            headers.ContentEncoding = variant.Encoding;
        headers.CacheControl = file.Context.Request.Path.StartsWithSegments(Hashed, StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
    }

    private static (string Encoding, string Ending)? VariantOf(string path)
    {
        var found = Array.FindIndex(s_variants, variant => path.EndsWith(variant.Ending, StringComparison.OrdinalIgnoreCase));
        return found < 0 ? null : s_variants[found];
    }
}
