using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Tasks;

/// <summary>The places for event streams of tasks that this process has. Thread-safe.</summary>
internal sealed class TaskStreams
{
    public const int Max = 1_000;
    public const int MaxPerTenant = 50;

    private const int RetrySeconds = 30;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _ofTenant = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Takes a place until <see cref="Leave"/>; null, or why there is none.</summary>
    public Problem? Take(Caller caller)
    {
        lock (_gate)
        {
            var own = _ofTenant.GetValueOrDefault(caller.Tenant);
            if (own >= MaxPerTenant)
            {
                return new Problem(ProblemCodes.QuotaExceeded,
                    $"The tenant has {own} event streams on this node, as many as it may. Close one; /ws tells of many tasks over one connection.")
                {
                    RetryAfterSeconds = RetrySeconds,
                };
            }
            if (_all >= Max)
                return new Problem(ProblemCodes.Unavailable, "This node has as many event streams as it allows.") { RetryAfterSeconds = RetrySeconds };
            _ofTenant[caller.Tenant] = own + 1;
            _all++;
            return null;
        }
    }

    public void Leave(Caller caller)
    {
        lock (_gate)
        {
            _all--;
            if (--_ofTenant[caller.Tenant] == 0)
                _ofTenant.Remove(caller.Tenant);
        }
    }
}
