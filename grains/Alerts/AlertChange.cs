namespace Outrider.Grains.Alerts;

/// <summary>An item of the feed <see cref="Feed"/>, whose key is the tenant: an alert has fired, was acknowledged or silenced, or is resolved. Items have the number 0.</summary>
public sealed record AlertChange(Alert Alert)
{
    public const string Feed = "alerts";
}
