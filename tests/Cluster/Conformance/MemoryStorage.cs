using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;
using Outrider.Storage.State;

namespace Outrider.Tests.Cluster.Conformance;

/// <summary>Grain state in the test's process: outlives every silo, and refuses a lost update as a database does.</summary>
internal sealed class MemoryStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (byte[]? State, string Etag)> _rows = new();
    private int _etags;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = _rows.TryGetValue(Name(stateName, grainId), out var row);
        grainState.ETag = found ? row.Etag : null;
        grainState.RecordExists = found && row.State is not null;
        grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(row.State!, StateJson.Options)! : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = Replace(stateName, grainId, grainState.ETag, JsonSerializer.SerializeToUtf8Bytes(grainState.State, StateJson.Options));
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = Replace(stateName, grainId, grainState.ETag, null);
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    private string Replace(string stateName, GrainId grainId, string? etag, byte[]? state)
    {
        var next = $"{Interlocked.Increment(ref _etags)}";
        var kept = _rows.AddOrUpdate(
            Name(stateName, grainId),
            _ => etag is null ? (state, next) : throw Stale(etag),
            (_, row) => row.Etag == etag ? (state, next) : throw Stale(etag));
        return kept.Etag;
    }

    private static InconsistentStateException Stale(string? etag) => new("The row has changed.", "another", etag);

    private static string Name(string stateName, GrainId grainId) => $"{stateName} {grainId}";
}
