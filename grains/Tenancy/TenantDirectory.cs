using Outrider.Grains.Runtime;

namespace Outrider.Grains.Tenancy;

/// <summary>The ids of all tenants.</summary>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class TenantDirectory(GrainContext context, IGrainState<TenantDirectoryState> state) : Grain(context), ITenantDirectory
{
    public async Task AddAsync(string tenant)
    {
        var at = state.Value.Tenants.BinarySearch(tenant, StringComparer.Ordinal);
        if (at >= 0)
            return;
        var tenants = new List<string>(state.Value.Tenants);
        tenants.Insert(~at, tenant);
        state.Value = new TenantDirectoryState { Tenants = tenants };
        await state.SaveAsync();
    }

    public Task<List<string>> ListAsync() => Task.FromResult(state.Value.Tenants);
}
