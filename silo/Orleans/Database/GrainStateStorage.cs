using Orleans.Storage;
using Outrider.Storage;

namespace Outrider.Silo.Orleans.Database;

/// <summary>
/// Gives each grain a row of its own. Orleans' ADO.NET storage tells rows apart by the state's name and the key alone, and reads a key
/// such as <c>ABC</c>, <c>abc</c> or <c>0abc</c> as one hexadecimal number: two tenants, or a tenant and its agent directory, would
/// share a row. So the name gets the grain's type, and the key a letter that no number has.
/// </summary>
internal sealed class GrainStateStorage(IGrainStorage inner) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        OrStorageExceptionAsync(inner.ReadStateAsync(Name(stateName, grainId), Key(grainId), grainState), grainId, "read");

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        OrStorageExceptionAsync(inner.WriteStateAsync(Name(stateName, grainId), Key(grainId), grainState), grainId, "saved");

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        OrStorageExceptionAsync(inner.ClearStateAsync(Name(stateName, grainId), Key(grainId), grainState), grainId, "cleared");

    // What the driver throws, no other silo and no front door knows.
    private static async Task OrStorageExceptionAsync(Task work, GrainId grain, string what)
    {
        try
        {
            await work;
        }
        catch (Exception e) when (e is not (InconsistentStateException or StorageException))
        {
            throw new StorageException($"The state of {grain} can't be {what}: {e.Message}", e);
        }
    }

    private static string Name(string stateName, GrainId grainId) => $"{grainId.Type}.{stateName}";

    private static GrainId Key(GrainId grainId) => GrainId.Create(grainId.Type, $"k:{grainId.Key}");
}
