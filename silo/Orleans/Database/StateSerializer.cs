using System.Text.Json;
using Orleans.Storage;
using Outrider.Storage;
using Outrider.Storage.State;

namespace Outrider.Silo.Orleans.Database;

/// <summary>Writes grain state as both hosts do: <see cref="StateJson"/>.</summary>
internal sealed class StateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(StateJson.Write(input));

    public T? Deserialize<T>(BinaryData input)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(input, StateJson.Options);
        }
        catch (JsonException e)
        {
            throw new StorageException($"The saved {typeof(T).Name} is damaged: {e.Message}", e);
        }
    }
}
