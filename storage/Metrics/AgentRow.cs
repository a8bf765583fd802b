namespace Outrider.Storage.Metrics;

/// <summary>An agent as stored.</summary>
/// <param name="No">Its number, never used again.</param>
/// <param name="Tenant">Its tenant's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Counts its changes: a change names the one it follows, so that none is lost.</param>
/// <param name="Seen">The batches stored, as <see cref="SeenBatches"/> wrote them.</param>
public sealed record AgentRow(int No, int Tenant, string Name, long Version, byte[] Seen);
