using System.Globalization;
using Outrider.Api.Health;

namespace Outrider.Silo.Orleans.Database;

/// <summary>Asks the shared database for the versions of its tables: whether it is there, and suits this program.</summary>
public sealed class DatabaseCheck(ClusterDatabase database, TimeProvider time) : IReadinessCheck
{
    public string Name => "storage";

    public async Task<ReadinessResult> CheckAsync(CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        await database.Migrator.CheckAsync(cancellation);
        var ms = time.GetElapsedTime(start).TotalMilliseconds;
        return new ReadinessResult(Name, ReadinessStatus.Ok, string.Create(CultureInfo.InvariantCulture, $"answered in {ms:0.0} ms"));
    }
}
