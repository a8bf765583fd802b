namespace Outrider.Agent.Policy;

/// <summary>The policy for Elasticsearch and OpenSearch.</summary>
/// <param name="Enabled">Whether it may be asked at all.</param>
/// <param name="Write">Whether documents may be written, changed and, in a bulk, deleted.</param>
/// <param name="DeleteByQuery">Whether documents may be deleted by query too; needs <paramref name="Write"/>.</param>
/// <param name="Indices">Patterns of the indices, in which <c>*</c> stands for any characters; null: none. One that begins with a dot must be listed so.</param>
/// <param name="MaxBytes">Most bytes read of an answer.</param>
public sealed record ElasticsearchPolicy(
    bool Enabled = false, bool Write = false, bool DeleteByQuery = false, IReadOnlyList<string>? Indices = null, long MaxBytes = ElasticsearchPolicy.DefaultBytes)
{
    public const long DefaultBytes = 16 * 1024 * 1024;

    /// <inheritdoc cref="ElasticsearchPolicy"/>
    public IReadOnlyList<string> Indices { get; init; } = Indices ?? [];

    internal string? Fault() =>
        Indices.FirstOrDefault(string.IsNullOrEmpty) is not null ? "databases.elasticsearch.indices has an empty entry"
        : MaxBytes is < 1 or > DefaultBytes ? $"databases.elasticsearch.max_bytes must be 1 to {DefaultBytes}"
        : null;
}
