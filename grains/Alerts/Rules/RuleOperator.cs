using System.Text.Json.Serialization;

namespace Outrider.Grains.Alerts.Rules;

/// <summary>How a value is compared with the threshold.</summary>
public enum RuleOperator
{
    [JsonStringEnumMemberName(">")]
    Above,

    [JsonStringEnumMemberName(">=")]
    AtLeast,

    [JsonStringEnumMemberName("<")]
    Below,

    [JsonStringEnumMemberName("<=")]
    AtMost,

    [JsonStringEnumMemberName("==")]
    Equal,

    [JsonStringEnumMemberName("!=")]
    NotEqual,
}
