using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Diagnosis;

/// <summary>The JSON document of an evidence bundle.</summary>
internal sealed record BundleDocument
{
    private const int MaxStatements = 256;
    private const int MaxArguments = 64;

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required string ReportId { get; init; }

    public required string Expert { get; init; }

    public required string ExpertVersion { get; init; }

    public required string Agent { get; init; }

    public required DateTimeOffset At { get; init; }

    public required double ElapsedMs { get; init; }

    public required Dictionary<string, string> Arguments { get; init; }

    public required List<BundleStatement> Statements { get; init; }

    public static BundleDocument Of(EvidenceBundle bundle) => new()
    {
        Format = EvidenceBundleFormat.Name,
        Version = EvidenceBundleFormat.Version,
        ReportId = bundle.ReportId,
        Expert = bundle.Expert,
        ExpertVersion = bundle.ExpertVersion,
        Agent = bundle.Agent,
        At = bundle.At,
        ElapsedMs = bundle.ElapsedMs,
        Arguments = bundle.Arguments,
        Statements = [.. bundle.Statements.Select(BundleStatement.Of)],
    };

    public Outcome<EvidenceBundle> ToBundle()
    {
        if (Format != EvidenceBundleFormat.Name || Version != EvidenceBundleFormat.Version)
            return EvidenceBundleFormat.Invalid("its format or version is another");
        if (Statements.Count > MaxStatements || Arguments.Count > MaxArguments)
            return EvidenceBundleFormat.Invalid($"it has more than {MaxStatements} statements or {MaxArguments} arguments");
        // The serializer checks members, not what is inside collections.
        if (Arguments.Values.Any(value => value is null) || Statements.Exists(statement => statement?.IsWellFormed != true))
            return EvidenceBundleFormat.Invalid("a value is null, or a row has another number of cells than there are columns");
        if (Statements.DistinctBy(statement => statement.Id).Count() != Statements.Count)
            return EvidenceBundleFormat.Invalid("two statements have the same id");
        return new EvidenceBundle
        {
            ReportId = ReportId,
            Expert = Expert,
            ExpertVersion = ExpertVersion,
            Agent = Agent,
            At = At,
            ElapsedMs = ElapsedMs,
            Arguments = Arguments,
            Statements = Statements.ConvertAll(statement => statement.ToResult()),
        };
    }
}
