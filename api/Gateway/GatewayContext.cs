using Microsoft.Extensions.Logging;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Gateway;

/// <summary>What all links of a gateway share.</summary>
public sealed record GatewayContext(
    IGrains Grains, IObservers Observers, GatewayOptions Options, GatewayMetrics Metrics, TimeProvider Time, ILogger<GatewayContext> Log,
    GatewayFiles? Files = null)
{
    /// <summary>What the payloads of all tasks may take together.</summary>
    public PayloadBudget Budget { get; } = new(Options.PayloadBudgetBytes);
}
