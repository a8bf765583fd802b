using System.IO.Compression;
using System.Text.Json;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Diagnosis;

/// <summary>
/// Evidence bundles as bytes: gzip of one JSON document (docs/formats/evidence-bundle.md). Reading trusts nothing: a bundle may come from
/// anywhere.
/// </summary>
public static class EvidenceBundleFormat
{
    public const string Name = "outrider.evidence-bundle";

    public const int Version = 1;

    /// <summary>Bytes of a bundle that are read at most.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>Bytes of its JSON that are unpacked at most.</summary>
    public const int MaxJsonBytes = 128 * 1024 * 1024;

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 8,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static byte[] Write(EvidenceBundle bundle)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(zip, BundleDocument.Of(bundle), s_json);
        return bytes.ToArray();
    }

    /// <summary>Problems: <c>payload_too_large</c>, <c>invalid_argument</c> when it isn't a bundle of this version.</summary>
    public static Outcome<EvidenceBundle> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
            return new Problem(ProblemCodes.PayloadTooLarge, $"A bundle has at most {MaxBytes} bytes; this one has {bytes.Length}.");
        try
        {
            if (Unpack(bytes) is not { } json)
                return new Problem(ProblemCodes.PayloadTooLarge, $"The evidence bundle unpacks to more than {MaxJsonBytes} bytes.");
            var document = JsonSerializer.Deserialize<BundleDocument>(json, s_json);
            return document is null ? Invalid("it is empty") : document.ToBundle();
        }
        catch (InvalidDataException)
        {
            return Invalid("it isn't gzip, or is damaged");
        }
        catch (JsonException e)
        {
            return Invalid($"its JSON is wrong at {e.Path ?? "the start"}");
        }
    }

    internal static Problem Invalid(string why) =>
        new(ProblemCodes.InvalidArgument, $"This is no evidence bundle of version {Version}: {why}.");

    private static byte[]? Unpack(ReadOnlyMemory<byte> bytes)
    {
        using var packed = new MemoryStream(bytes.ToArray(), writable: false);
        using var zip = new GZipStream(packed, CompressionMode.Decompress);
        using var json = new MemoryStream();
        var block = new byte[64 * 1024];
        while (zip.Read(block) is > 0 and var count)
        {
            if (json.Length + count > MaxJsonBytes)
                return null;
            json.Write(block, 0, count);
        }
        return json.ToArray();
    }
}
