namespace Outrider.Api.Rest.Requests;

/// <summary>Up to 50 read-only statements, run one after the other; one that fails doesn't stop the next.</summary>
/// <param name="Statements">The statements.</param>
/// <param name="TimeoutMs">Milliseconds each may take; at most and by default 30 000.</param>
/// <param name="MaxRows">Rows each may answer with; at most and by default 10 000.</param>
/// <param name="MaxBytes">Bytes of rows of all together; at most and by default 16 MiB.</param>
public sealed record SqlBatchRequest(List<string> Statements, int? TimeoutMs = null, int? MaxRows = null, int? MaxBytes = null);
