namespace Outrider.Grains.Alerts;

/// <summary>An item of the feed <see cref="Feed"/>, whose key is the tenant: its alert settings have this revision now, which is also the item's number.</summary>
public sealed record AlertSettingsChange(long Revision)
{
    public const string Feed = "alert_settings";
}
