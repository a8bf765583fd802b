namespace Outrider.Tests.Cluster.Faults;

/// <summary>An attempt that a caller had to repeat.</summary>
/// <param name="Code">The problem's code; <c>refused</c>: no connection; <c>silent</c>: no answer within the caller's patience.</param>
internal sealed record FailedAttempt(DateTimeOffset At, string What, string Where, Uri Silo, string Code, string Detail);
