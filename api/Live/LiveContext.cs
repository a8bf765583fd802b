using Microsoft.Extensions.Logging;
using Outrider.Api.Auth;

namespace Outrider.Api.Live;

/// <summary>What all viewers share.</summary>
internal sealed record LiveContext(
    LiveHub Hub,
    Authenticator Authenticator,
    RequestLimits Limits,
    LiveOptions Options,
    LiveMetrics Metrics,
    TimeProvider Time,
    ILogger<LiveContext> Log)
{
    public CallerProof Proof { get; } = new(Authenticator, Limits);
}
