using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Files;
using Outrider.Grains.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Files;

/// <summary>The body of an upload, read as it comes: a form with a part <c>file</c>, or the file itself.</summary>
internal static class UploadBody
{
    /// <summary>What a form adds to its file.</summary>
    private const long FormBytes = 64 * 1024;

    /// <summary>Beyond what is taken, so that the limits told here are the ones that are met.</summary>
    private const long Slack = 1024 * 1024;

    private const int MaxBoundary = 70;

    private const string Form = "multipart/form-data";

    /// <summary>Takes the file, once its caller may send it.</summary>
    public static async Task<Outcome<KeptFile>> ReceiveAsync(
        HttpContext context, UploadOperations operations, FileOffer offer, CancellationToken cancellation)
    {
        var request = context.Request;
        var form = request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) == true;
        var around = form ? FormBytes : 0;
        offer = offer with
        {
            // Of a form it isn't known, only that it is no more.
            Bytes = request.ContentLength is { } length ? Math.Max(0, length - around) : null,
            Sha256 = offer.Sha256 ?? Digest(request),
        };
        if (UploadOperations.Admit(context.Caller(), offer) is { } refused)
            return refused;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = FileLimits.BytesOf(offer.Kind) + Slack;
        if (!form)
            return await operations.UploadAsync(context.Caller(), offer with { ContentType = Declared(request.ContentType) }, request.Body, cancellation);
        try
        {
            return await ReceiveFormAsync(context, operations, offer, cancellation);
        }
        // What the reader says of a form that is cut off or isn't one.
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException && !cancellation.IsCancellationRequested)
        {
            return new Problem(ProblemCodes.InvalidArgument, "The form can't be read: it ends too early, or its parts are not as multipart/form-data has them.");
        }
    }

    private static async Task<Outcome<KeptFile>> ReceiveFormAsync(
        HttpContext context, UploadOperations operations, FileOffer offer, CancellationToken cancellation)
    {
        var boundary = Boundary(context.Request.ContentType!);
        if (boundary is not { Length: > 0 and <= MaxBoundary })
            return new Problem(ProblemCodes.InvalidArgument, "The form's Content-Type has no boundary of at most 70 characters.");
        var reader = new MultipartReader(boundary, context.Request.Body);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (section.AsFileSection() is not { Name: "file", FileStream: { } content } file)
                continue;
            return await operations.UploadAsync(
                context.Caller(), offer with { Name = offer.Name ?? file.FileName, ContentType = Declared(section.ContentType) }, content, cancellation);
        }
        return new Problem(ProblemCodes.InvalidArgument, "The form has no part 'file' with a file name.");
    }

    private static string? Boundary(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
            ? type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"')
            : null;

    // What curl says of any body counts as nothing said.
    private static string? Declared(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType is { } media && media != "application/x-www-form-urlencoded"
            ? media.ToLowerInvariant()
            : null;

    /// <summary>The SHA-256 of <c>Content-Digest: sha-256=:…:</c> (RFC 9530); null: it isn't there.</summary>
    private static string? Digest(HttpRequest request)
    {
        foreach (var digest in request.Headers["Content-Digest"].ToString().Split(',', StringSplitOptions.TrimEntries))
        {
            var bytes = new byte[33];
            if (digest.StartsWith("sha-256=:", StringComparison.OrdinalIgnoreCase) && digest.EndsWith(':')
                && Convert.TryFromBase64String(digest["sha-256=:".Length..^1], bytes, out var length) && length == 32)
            {
                return Convert.ToHexStringLower(bytes.AsSpan(0, length));
            }
        }
        return null;
    }
}
