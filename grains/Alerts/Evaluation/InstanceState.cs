using System.Text.Json.Serialization;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>How it stands with one rule for one subject. There are no other cases than these. Times are those of samples, in milliseconds since 1970.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "state")]
[JsonDerivedType(typeof(Inactive), "inactive")]
[JsonDerivedType(typeof(Pending), "pending")]
[JsonDerivedType(typeof(Firing), "firing")]
[JsonDerivedType(typeof(Resolved), "resolved")]
public abstract record InstanceState
{
    private InstanceState()
    {
    }

    /// <summary>The condition is false, or nothing was compared yet.</summary>
    public sealed record Inactive : InstanceState
    {
        public static Inactive Value { get; } = new();
    }

    /// <summary>The condition is true, and was not for long enough.</summary>
    /// <param name="Since">The sample with which it became true.</param>
    /// <param name="Held">How long it has been, outages not counted.</param>
    public sealed record Pending(long Since, long Held) : InstanceState;

    /// <summary>An alert fires.</summary>
    /// <param name="Since">The sample with which the condition became true.</param>
    /// <param name="FiredAt">The sample with which it had been true for long enough.</param>
    /// <param name="Value">What was compared then.</param>
    /// <param name="Cleared">How long the condition has been false since; null: it is true.</param>
    public sealed record Firing(long Since, long FiredAt, double Value, long? Cleared) : InstanceState;

    /// <summary>An alert has fired and doesn't any more. From here it goes on as from <see cref="Inactive"/>.</summary>
    public sealed record Resolved(long At, ResolveReason Reason) : InstanceState;
}
