namespace Outrider.Agent.Executors.Elasticsearch;

/// <summary>Where an Elasticsearch or OpenSearch is and who we are there.</summary>
/// <param name="Address">Such as <c>https://localhost:9200</c>; a path before the index's is kept.</param>
/// <param name="User">For basic authentication; null: none.</param>
/// <param name="Password">Of the user.</param>
/// <param name="ApiKey">An encoded API key, as Elasticsearch gives it out; null: none.</param>
/// <param name="CaFile">Authorities to trust instead of the system's, in PEM; null: the system's.</param>
internal sealed record ElasticsearchServer(Uri Address, string? User = null, string? Password = null, string? ApiKey = null, string? CaFile = null)
{
    /// <summary>Whether its owner lets tasks write there.</summary>
    public bool Write { get; init; } = true;

    /// <summary>Hides the secrets.</summary>
    public override string ToString() => Address.Authority;
}
