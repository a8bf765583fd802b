namespace Outrider.Api.Health;

/// <summary>Answer of <c>/health/ready</c>.</summary>
/// <param name="Status"><c>ready</c> (200), or <c>initializing</c>, <c>unready</c> or <c>stopping</c> (503).</param>
public sealed record ReadinessView(string Status, IReadOnlyList<ReadinessResult> Checks);
