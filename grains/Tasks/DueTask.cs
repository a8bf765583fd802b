namespace Outrider.Grains.Tasks;

/// <summary>A task or a fan-out that somebody has to look at.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsFanout">Which of the two.</param>
public sealed record DueTask(string Tenant, string Id, bool IsFanout);
