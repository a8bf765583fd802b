using System.Text.Json;
using Outrider.Grains.Runtime;
using Outrider.Storage.State;

namespace Outrider.Silo.Embedded.Activations;

internal abstract class GrainState
{
    public abstract Task ReadAsync(CancellationToken cancellation);
}

/// <inheritdoc cref="IGrainState{T}"/>
internal sealed class GrainState<T>(Activation activation) : GrainState, IGrainState<T> where T : class, new()
{
    private readonly IStateStore _store = activation.Host.States;
    private string? _etag;
    private Task _last = Task.CompletedTask;

    public T Value { get; set; } = new();

    public bool Exists => _etag is not null;

    public override async Task ReadAsync(CancellationToken cancellation)
    {
        if (await _store.ReadAsync(activation.Kind.Name, activation.Key, cancellation) is not { } stored)
            return;
        try
        {
            Value = JsonSerializer.Deserialize<T>(stored.State, StateJson.Options) ?? new();
            _etag = stored.Etag;
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"The saved state of {activation.Name} can't be read as {typeof(T).Name}: {e.Message}", e);
        }
    }

    public Task SaveAsync(CancellationToken cancellation = default) => _last = SaveAsync(_last, cancellation);

    public Task ClearAsync(CancellationToken cancellation = default) => _last = ClearAsync(_last, cancellation);

    private async Task SaveAsync(Task previous, CancellationToken cancellation)
    {
        await AfterAsync(previous);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(Value, StateJson.Options);
        _etag = await _store.WriteAsync(activation.Kind.Name, activation.Key, bytes, _etag, cancellation) ?? throw Conflict("saved");
    }

    private async Task ClearAsync(Task previous, CancellationToken cancellation)
    {
        await AfterAsync(previous);
        if (!await _store.ClearAsync(activation.Kind.Name, activation.Key, _etag, cancellation))
            throw Conflict("cleared");
        _etag = null;
        Value = new T();
    }

    /// <summary>Two saves of one turn, not awaited in between, must not refuse each other.</summary>
    private static async Task AfterAsync(Task previous)
    {
        if (!previous.IsCompleted)
            await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private StateConflictException Conflict(string what)
    {
        activation.Host.Counters.Conflicted();
        activation.End(DeactivationReason.StateConflict);
        return new StateConflictException(
            $"The state of {activation.Name} was not {what}: somebody else has changed it since it was read. Call again to work on the new one.");
    }
}
