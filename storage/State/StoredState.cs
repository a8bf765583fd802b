namespace Outrider.Storage.State;

/// <summary>What <see cref="IStateStore"/> holds for one grain.</summary>
public sealed record StoredState(byte[] State, string Etag);
