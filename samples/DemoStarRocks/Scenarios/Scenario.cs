namespace Outrider.Samples.DemoStarRocks.Scenarios;

/// <summary>A cluster's condition, as the demo tells it.</summary>
/// <param name="Title">One line for people.</param>
/// <param name="Version">StarRocks version.</param>
/// <param name="HandshakeVersion">Version in the greeting.</param>
/// <param name="VersionComment">@@version_comment.</param>
/// <param name="Answers">Answers by normalized statement.</param>
/// <param name="Tables">Tables by schema.table in lower case.</param>
public sealed record Scenario(
    string Title,
    string Version,
    string HandshakeVersion,
    string VersionComment,
    IReadOnlyDictionary<string, Answer> Answers,
    IReadOnlyDictionary<string, ResultTable> Tables);
