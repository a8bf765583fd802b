namespace Outrider.Api.Rest;

/// <summary>A column of an answer.</summary>
/// <param name="Type">The database's own name of the type, such as BIGINT.</param>
public sealed record SqlColumn(string Name, string Type);
