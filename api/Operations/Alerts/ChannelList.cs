namespace Outrider.Api.Operations.Alerts;

/// <summary>A tenant's channels by name.</summary>
public sealed record ChannelList(List<ChannelView> Channels);
