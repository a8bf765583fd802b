using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>
/// An expert: data and two pure functions, from the evidence so far to the statements it wants and to what it makes of them. No clock:
/// ages are taken against the cluster's own NOW(), which is evidence too.
/// </summary>
public sealed record Expert
{
    /// <summary>Its id, such as <c>storage</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its MCP tool.</summary>
    public required string Tool { get; init; }

    /// <summary>Of its rules: changes whenever the same evidence may give another report.</summary>
    public required string Version { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required List<ExpertArgument> Arguments { get; init; }

    /// <summary>Checks and tidies arguments beyond their type.</summary>
    public Func<ExpertArguments, Outcome<ExpertArguments>> Check { get; init; } = arguments => arguments;

    /// <summary>
    /// Every statement it wants, as far as the evidence lets it tell. Those already asked may be among them. It is called again with what
    /// the new ones brought, until there are no new ones or <see cref="PlanLimits"/> is reached.
    /// </summary>
    public required Func<ExpertArguments, Evidence, IReadOnlyList<Statement>> Plan { get; init; }

    /// <summary>Judges the evidence, however much there is; <c>expert_not_applicable</c> when the question makes no sense.</summary>
    public required Func<ExpertArguments, Evidence, Outcome<Analysis>> Analyse { get; init; }

    /// <summary>Points that all findings of a code cost at most, where it isn't <see cref="Scoring"/>'s usual twice.</summary>
    public IReadOnlyDictionary<string, int> PointCaps { get; init; } = new Dictionary<string, int>();

    public ExpertView View() => new(Name, Tool, Version, Title, Description, [.. Arguments]);
}
