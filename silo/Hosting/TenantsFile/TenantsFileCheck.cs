using System.Globalization;
using Outrider.Api.Health;

namespace Outrider.Silo.Hosting.TenantsFile;

/// <summary>Shows in <c>/health/ready</c> when the tenants file can't be used. The centre is ready all the same: the last good state holds.</summary>
public sealed class TenantsFileCheck(TenantsFileImport import) : IReadinessCheck
{
    public string Name => "tenants_file";

    public Task<ReadinessResult> CheckAsync(CancellationToken cancellation)
    {
        var state = import.State;
        var last = state.ImportedAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"{state.Tenants} tenants imported at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z")
            : "never imported";
        return Task.FromResult(state.Status switch
        {
            TenantsFileStatus.Absent => new ReadinessResult(Name, ReadinessStatus.Ok, "there is none"),
            TenantsFileStatus.Imported => new ReadinessResult(Name, ReadinessStatus.Ok, last),
            _ => new ReadinessResult(Name, ReadinessStatus.Warning, $"{state.Why}; {last}"),
        });
    }
}
