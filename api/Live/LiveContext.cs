using Microsoft.Extensions.Logging;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Tasks;

namespace Outrider.Api.Live;

/// <summary>What all viewers share.</summary>
internal sealed record LiveContext(
    LiveHub Hub,
    CallerProof Proof,
    TaskLogOperations Tasks,
    LiveOptions Options,
    LiveMetrics Metrics,
    TimeProvider Time,
    ILogger<LiveContext> Log);
