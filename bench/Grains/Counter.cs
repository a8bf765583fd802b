using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded;

namespace Outrider.Bench.Grains;

internal sealed class Counter(GrainContext context, IGrainState<CounterState> state) : Grain(context), ICounter
{
    public static GrainRegistry Registry { get; } =
        new GrainRegistry().Add<ICounter>("counter", a => new Counter(a.Context, a.State<CounterState>()));

    public ValueTask<long> AddAsync(long amount) => new(state.Value.Total += amount);

    public async Task<long> SaveAsync(long amount)
    {
        state.Value.Total += amount;
        await state.SaveAsync();
        return state.Value.Total;
    }
}
