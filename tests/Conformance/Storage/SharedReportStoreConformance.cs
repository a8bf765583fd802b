using Outrider.Grains.Diagnosis;
using Outrider.Storage.Shared;

namespace Outrider.Tests.Conformance.Storage;

/// <summary><see cref="SharedReportStore"/> on a server.</summary>
public abstract class SharedReportStoreConformance(ISharedServer server) : ReportStoreConformance
{
    private SharedPlace _place = null!;

    public sealed override async Task DisposeAsync() => await _place.DisposeAsync();

    protected sealed override async Task<IReportStore> OpenAsync()
    {
        _place = await SharedPlace.CreateAsync(server, SharedReportStore.Schema(server.Dialect));
        return new SharedReportStore(_place.Open());
    }

    protected sealed override Task<IReportStore> ReopenAsync() => Task.FromResult<IReportStore>(new SharedReportStore(_place.Open()));
}
