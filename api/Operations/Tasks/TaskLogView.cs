using System.Text.Json.Serialization;

namespace Outrider.Api.Operations.Tasks;

/// <summary>How much the last attempt has written.</summary>
/// <param name="Chunks">Pieces in which it came.</param>
/// <param name="Stdout">Bytes.</param>
/// <param name="Stderr">Bytes.</param>
/// <param name="Note">Bytes of the executor's own remarks.</param>
/// <param name="Kept">Bytes of it, all streams together, that are kept by now; absent in lists.</param>
public sealed record TaskLogView(
    uint Chunks, long Stdout, long Stderr, long Note, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Kept = null);
