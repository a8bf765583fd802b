namespace Outrider.Grains.Tasks;

/// <summary>Where a page of tasks or fan-outs ended.</summary>
/// <param name="CreatedAt">Of its last.</param>
/// <param name="Id">Of its last.</param>
public sealed record TaskCursor(DateTimeOffset CreatedAt, string Id);
