namespace Outrider.Api.Operations.Tasks;

/// <summary>A page of fan-outs, the newest first.</summary>
/// <param name="Next">Pass it as <c>after</c> for the next page; null: this was the last.</param>
public sealed record FanoutPage(List<FanoutView> Fanouts, string? Next);
