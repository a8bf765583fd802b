namespace Outrider.Api.Operations.Alerts;

/// <summary>Over which stretch of time a rule is tried; a week when nothing is said.</summary>
public sealed record DryRunQuestion(string? From, string? To, string? Period);
