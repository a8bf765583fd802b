using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded;

namespace Outrider.Tests.CrashHost;

public sealed class Journal(GrainContext context, IGrainState<JournalState> state) : Grain(context), IJournal
{
    public static GrainRegistry Registry { get; } =
        new GrainRegistry().Add<IJournal>("journal", a => new Journal(a.Context, a.State<JournalState>()));

    public async Task<long> NextAsync()
    {
        state.Value.First++;
        state.Value.Last++;
        // Several pages of the database, of changing length.
        state.Value.Padding = new string((char)('a' + state.Value.First % 26), 3_000 + (int)(state.Value.First % 7) * 2_000);
        await state.SaveAsync();
        return state.Value.First;
    }

    public Task<JournalState> ReadAsync() => Task.FromResult(state.Value);
}
