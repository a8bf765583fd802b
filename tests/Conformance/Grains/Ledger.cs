using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

public class Ledger(GrainContext context, IGrainState<LedgerState> state) : Grain(context), ILedger
{
    public override Task OnActivateAsync(CancellationToken cancellation)
    {
        Stage.Of(Key).Log.Record($"activated with {state.Value.Total}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation)
    {
        Stage.Of(Key).Log.Record($"deactivated {reason}");
        return Task.CompletedTask;
    }

    public async Task<long> AddAsync(long amount)
    {
        Add(amount);
        await state.SaveAsync();
        return state.Value.Total;
    }

    public Task AddUnsavedAsync(long amount)
    {
        Add(amount);
        return Task.CompletedTask;
    }

    public async Task AddTwiceAsync(long amount)
    {
        Add(amount);
        var first = state.SaveAsync();
        Add(amount);
        var second = state.SaveAsync();
        await Task.WhenAll(first, second);
    }

    public Task<long> TotalAsync() => Task.FromResult(state.Value.Total);

    public Task<bool> ExistsAsync() => Task.FromResult(state.Exists);

    public Task ClearAsync() => state.ClearAsync();

    private void Add(long amount)
    {
        state.Value.Total += amount;
        if (state.Value.Entries.Count < 100)
            state.Value.Entries.Add($"added {amount}");
    }
}
