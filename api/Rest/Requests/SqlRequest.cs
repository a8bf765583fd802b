namespace Outrider.Api.Rest.Requests;

/// <summary>One read-only statement.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="TimeoutMs">Milliseconds it may take; at most and by default 30 000.</param>
/// <param name="MaxRows">Rows it may answer with; at most and by default 10 000.</param>
/// <param name="MaxBytes">Bytes of rows it may answer with; at most and by default 16 MiB.</param>
public sealed record SqlRequest(string Sql, int? TimeoutMs = null, int? MaxRows = null, int? MaxBytes = null);
