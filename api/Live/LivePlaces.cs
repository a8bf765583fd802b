using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Live;

/// <summary>The places for viewers that this process has. Thread-safe.</summary>
internal sealed class LivePlaces(LiveOptions options)
{
    private const int RetrySeconds = 30;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _ofTenant = new(StringComparer.Ordinal);
    private int _all;
    private int _unproven;

    /// <summary>A place for one more socket, whoever is behind it; <c>unavailable</c>.</summary>
    public Outcome<Place> Take()
    {
        lock (_gate)
        {
            if (_all >= options.MaxViewers || _unproven >= options.MaxUnproven)
            {
                return new Problem(ProblemCodes.Unavailable, "The live feed of this node has as many viewers as it allows.")
                {
                    RetryAfterSeconds = RetrySeconds,
                };
            }
            _all++;
            _unproven++;
            return new Place(this);
        }
    }

    /// <summary>One socket's place, kept until it is over.</summary>
    public sealed class Place(LivePlaces places) : IDisposable
    {
        private string? _tenant;

        /// <summary>It is of this tenant; <c>quota_exceeded</c>.</summary>
        public Problem? Prove(string tenant)
        {
            lock (places._gate)
            {
                var viewers = places._ofTenant.GetValueOrDefault(tenant);
                if (viewers >= places.MaxPerTenant)
                {
                    return new Problem(ProblemCodes.QuotaExceeded,
                        $"The tenant has {viewers} viewers of the live feed on this node, as many as it may. Close one; one viewer may have several subscriptions.")
                    {
                        RetryAfterSeconds = RetrySeconds,
                    };
                }
                places._ofTenant[tenant] = viewers + 1;
                places._unproven--;
                _tenant = tenant;
                return null;
            }
        }

        public void Dispose()
        {
            lock (places._gate)
            {
                places._all--;
                if (_tenant is null)
                    places._unproven--;
                else if (--places._ofTenant[_tenant] == 0)
                    places._ofTenant.Remove(_tenant);
            }
        }
    }

    private int MaxPerTenant => options.MaxViewersPerTenant;
}
