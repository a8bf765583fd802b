using Outrider.Grains.Tasks;
using Outrider.Testing.Tasks;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

/// <summary>What grains are tested with keeps to what the stores promise.</summary>
public sealed class MemoryTaskStoreTests : TaskStoreConformance
{
    private readonly MemoryTaskStore _store = new();

    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task<ITaskStore> OpenAsync() => Task.FromResult<ITaskStore>(_store);

    protected override Task<ITaskStore> ReopenAsync() => OpenAsync();
}
