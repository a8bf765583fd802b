using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Outrider.Api.Problems;
using Outrider.Api.Rest;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Posts;

/// <summary>Reads what agents post. What a body unfolds to is bounded before room is made for it, each by itself and all together.</summary>
internal sealed class PostReader
{
    public const string Json = "application/json";

    /// <summary>The media type of a metric batch.</summary>
    public const string Batch = "application/octet-stream";

    /// <summary>Bytes of a JSON body once it is uncompressed: 4 096 processes with long command lines.</summary>
    public const int MaxJsonBytes = 4 * 1024 * 1024;

    private const long MaxAllBytes = 64L * 1024 * 1024;
    private const int FirstBytes = 16 * 1024;
    private const int MaxDepth = 8;

    private static readonly JsonSerializerOptions s_json = CreateJson();

    private readonly PayloadBudget _budget = new(MaxAllBytes);

    /// <summary>What a JSON body says.</summary>
    public static Outcome<T> Parse<T>(PostBody body) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body.Bytes.Span, s_json) is { } post
                ? post
                : new Problem(ProblemCodes.InvalidArgument, "The body is null; it must be an object.");
        }
        catch (JsonException e)
        {
            return RequestProblems.From(e);
        }
        catch (FormatException e)
        {
            return new Problem(ProblemCodes.InvalidArgument, $"The body can't be taken: {e.Message}.");
        }
    }

    /// <summary>
    /// The whole body, uncompressed: <c>unsupported_media_type</c>, <c>payload_too_large</c>, <c>invalid_argument</c>, <c>unavailable</c>.
    /// </summary>
    /// <param name="batchToo">Whether it may be a metric batch.</param>
    public async Task<Outcome<PostBody>> ReadAsync(HttpRequest request, bool batchToo, CancellationToken cancellation)
    {
        var isBatch = batchToo && MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == Batch;
        if (!isBatch && !request.HasJsonContentType())
        {
            return new Problem(ProblemCodes.UnsupportedMediaType,
                $"The body must be JSON, and say so: Content-Type: {Json}.{(batchToo ? $" Or a metric batch: {Batch}." : "")}");
        }
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return await ReadAsync(request.Body, isBatch, cancellation);
        if (!encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase))
            return new Problem(ProblemCodes.UnsupportedMediaType, $"Content-Encoding '{encoding}' is not known here. Use gzip, or none.");
        try
        {
            await using var plain = new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true);
            return await ReadAsync(plain, isBatch, cancellation);
        }
        catch (InvalidDataException)
        {
            return new Problem(ProblemCodes.InvalidArgument, "The body says Content-Encoding: gzip and is not gzip, or is damaged.");
        }
    }

    private async Task<Outcome<PostBody>> ReadAsync(Stream from, bool isBatch, CancellationToken cancellation)
    {
        var maxBytes = isBatch ? MetricLimits.BatchBytes : MaxJsonBytes;
        byte[] bytes = [];
        PostBody? whole = null;
        try
        {
            var length = 0;
            while (true)
            {
                if (length == bytes.Length)
                {
                    // One byte more than the limit, so that a body above it shows.
                    var room = Math.Min(Math.Max(FirstBytes, 4 * length), maxBytes + 1);
                    if (!_budget.TryTake(room - length))
                        return Busy();
                    Array.Resize(ref bytes, room);
                }
                var read = await from.ReadAsync(bytes.AsMemory(length), cancellation);
                length += read;
                if (length > maxBytes)
                    return TooLarge(maxBytes);
                if (read == 0)
                    return whole = new PostBody(bytes, length, isBatch, _budget);
            }
        }
        finally
        {
            if (whole is null)
                _budget.Return(bytes.Length);
        }
    }

    private static Problem TooLarge(int maxBytes) =>
        new(ProblemCodes.PayloadTooLarge, $"The body is more than {maxBytes} bytes long uncompressed, as many as it may. Send several reports.");

    private static Problem Busy() =>
        new(ProblemCodes.Unavailable, "The centre takes in as many reports at once as it can. Send it again.") { RetryAfterSeconds = 1 };

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions();
        RestJson.Configure(options);
        options.MaxDepth = MaxDepth;
        return options;
    }
}
