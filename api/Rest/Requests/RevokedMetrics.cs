namespace Outrider.Api.Rest.Requests;

/// <summary>What becomes of the metrics of an agent that is revoked.</summary>
public enum RevokedMetrics
{
    /// <summary>They stay as long as the policy says.</summary>
    Keep,

    /// <summary>They are removed at once.</summary>
    Delete,
}
