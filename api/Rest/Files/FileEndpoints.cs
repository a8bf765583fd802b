using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Files;
using Outrider.Api.Rest.Requests;
using Outrider.Grains.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Files;

/// <summary>Files of the caller's tenant.</summary>
public static class FileEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var files = api.MapGroup("/files").WithTags("Files");
        files.MapPost("/", UploadAsync).WithName("uploadFile")
            .WithSummary("Keeps a file: multipart/form-data with a part file, or the file itself as the body and its name in the address. Operator.");
        files.MapGet("/", ListAsync).WithName("listFiles").WithSummary("Files, the newest first. Viewer.");
        files.MapGet("/{id}", GetAsync).WithName("getFile").WithSummary("What is known of a file. Viewer.");
        files.MapDelete("/{id}", DeleteAsync).WithName("deleteFile").WithSummary("Removes a file that the caller sent, or as an admin any. Operator.");
        files.MapGet("/{id}/download", DownloadAsync).WithName("downloadFile").WithSummary("The file's content, or a range of it. Viewer.");
        files.MapPost("/{id}/link", LinkAsync).WithName("linkFile")
            .WithSummary("Makes a link by which anybody may download the file without a key, for an hour or as long as asked for. Operator.");
    }

    /// <summary>Maps what needs no key: it must not be in the group that asks for one.</summary>
    public static void MapContent(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(RestApi.Prefix + FileOperations.ContentPath, ContentAsync).WithMetadata(GrantRequired.Instance)
            .WithTags("Files").WithName("getLinkedFile").WithSummary("The file's content by a link, while it lasts. No key.");

    private static async Task<UploadResult> UploadAsync(
        HttpContext context,
        UploadOperations operations,
        CancellationToken cancellation,
        [Description("The file's name; a form's part may say it instead.")] string? name = null,
        [Description("user (up to 50 MiB, of known types) or artefact (up to 5 GiB, of any type, with its checksum).")] string kind = "user",
        [Description("The file's SHA-256 in lower-case hexadecimal; of an artefact it must be here, or in the header Content-Digest.")] string? sha256 = null) =>
        KindOf(kind) is { } known
            ? await UploadBody.ReceiveAsync(context, operations, new FileOffer(name, null, known, sha256, null), cancellation)
            : (Outcome<KeptFile>)NoKind;

    private static async Task<ApiResult<FilePage>> ListAsync(
        HttpContext context,
        FileOperations operations,
        CancellationToken cancellation,
        [Description("A pattern of names: * stands for any run of characters; upper and lower case are the same.")] string? name = null,
        [Description("Only of this kind: user or artefact.")] string? kind = null,
        [Description("Continue after the file of this id: next of the page before.")] string? after = null,
        int limit = RestApi.DefaultPage) =>
        kind is null || KindOf(kind) is not null
            ? await operations.ListAsync(context.Caller(), name, KindOf(kind), after, limit, cancellation)
            : (Outcome<FilePage>)NoKind;

    private static async Task<ApiResult<FileView>> GetAsync(
        HttpContext context, FileOperations operations, string id, CancellationToken cancellation) =>
        await operations.GetAsync(context.Caller(), id, cancellation);

    private static async Task<DoneResult> DeleteAsync(
        HttpContext context, FileOperations operations, string id, CancellationToken cancellation) =>
        await operations.DeleteAsync(context.Caller(), id, cancellation);

    private static async Task<FileResult> DownloadAsync(
        HttpContext context, FileOperations operations, string id, CancellationToken cancellation) =>
        new(await operations.OpenAsync(context.Caller(), id, cancellation));

    private static async Task<ApiResult<FileLink>> LinkAsync(
        HttpContext context, FileOperations operations, string id, CancellationToken cancellation, FileLinkRequest? request = null) =>
        await operations.LinkAsync(context.Caller(), id, TimeSpan.FromSeconds((request ?? new()).ExpiresSeconds), cancellation);

    private static async Task<FileResult> ContentAsync(
        FileOperations operations, string id, CancellationToken cancellation, [Description("As the link has it.")] string grant = "") =>
        new(await operations.OpenGrantedAsync(id, grant, cancellation));

    private static FileKind? KindOf(string? kind) => kind switch
    {
        "user" => FileKind.User,
        "artefact" => FileKind.Artefact,
        _ => null,
    };

    private static Problem NoKind => new(ProblemCodes.InvalidArgument, "kind must be user or artefact.");
}
