using Outrider.Grains.Alerts;
using Outrider.Testing.Alerts;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

/// <summary>What grains are tested with keeps to what the stores promise.</summary>
public sealed class MemoryAlertStoreTests : AlertStoreConformance
{
    private readonly MemoryAlertStore _store = new();

    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task<IAlertStore> OpenAsync() => Task.FromResult<IAlertStore>(_store);

    protected override Task<IAlertStore> ReopenAsync() => OpenAsync();

    protected override Task BreakOutboxAsync()
    {
        _store.BeforeWrite = () => throw new IOException("It can't be written.");
        return Task.CompletedTask;
    }
}
