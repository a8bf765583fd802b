namespace Outrider.Grains.Alerts;

/// <summary>Where a page of alerts ended: the next one begins after this.</summary>
public sealed record AlertCursor(DateTimeOffset FiredAt, string Id);
