namespace Outrider.Api.Operations.Alerts;

/// <summary>The silences that hold now or later, those that end first at first.</summary>
public sealed record SilenceList(List<SilenceView> Silences);
