using Outrider.Grains.Alerts.Rules;

namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>A rule of Prometheus as one of ours.</summary>
/// <param name="Notes">What is not as it was.</param>
internal sealed record TranslatedRule(RuleDefinition Rule, List<string> Notes);
