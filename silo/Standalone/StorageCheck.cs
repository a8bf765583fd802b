using System.Diagnostics;
using System.Globalization;
using Outrider.Api.Health;
using Outrider.Storage.State;

namespace Outrider.Silo.Standalone;

/// <summary>Writes to the store: whether the centre can acknowledge anything.</summary>
public sealed class StorageCheck(IStateStore states, TimeProvider time) : IReadinessCheck
{
    private const string Grain = "health";
    private const string Key = "write";

    public string Name => "storage";

    public async Task<ReadinessResult> CheckAsync(CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var before = await states.ReadAsync(Grain, Key, cancellation);
        if (await states.WriteAsync(Grain, Key, "{}"u8.ToArray(), before?.Etag, cancellation) is null)
            throw new UnreachableException("Somebody else writes to this store.");
        var ms = time.GetElapsedTime(start).TotalMilliseconds;
        return new ReadinessResult(Name, ReadinessStatus.Ok, string.Create(CultureInfo.InvariantCulture, $"written in {ms:0.0} ms"));
    }
}
