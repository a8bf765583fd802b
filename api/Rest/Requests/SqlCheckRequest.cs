namespace Outrider.Api.Rest.Requests;

/// <summary>A statement to judge.</summary>
/// <param name="Sql">The statement, or what there is of it yet.</param>
public sealed record SqlCheckRequest(string Sql);
