namespace Outrider.Api.Rest;

/// <summary>The shape of a batch's answer, for OpenAPI and for clients in C#.</summary>
public sealed record SqlBatchRows(List<SqlBatchItem> Results);
