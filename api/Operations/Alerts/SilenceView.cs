using Outrider.Grains.Alerts;

namespace Outrider.Api.Operations.Alerts;

/// <summary>A silence as front doors show and take it.</summary>
public sealed record SilenceView
{
    /// <summary>Given by the centre. Not read.</summary>
    public string? Id { get; init; }

    /// <summary>The rule's id or a pattern with '*'; left out: all.</summary>
    public string? Rule { get; init; }

    /// <summary>The agent's name or a pattern with '*'; left out: all.</summary>
    public string? Agent { get; init; }

    /// <summary>By label a pattern of its value.</summary>
    public Dictionary<string, string>? Labels { get; init; }

    /// <summary>Left out: now.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Either this or a duration.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Instead of <c>to</c>: such as 2h. Not in answers.</summary>
    public RuleDuration? Duration { get; init; }

    public string? Comment { get; init; }

    /// <summary>Who made it. Not read.</summary>
    public string? By { get; init; }

    public static SilenceView Of(Silence silence) => new()
    {
        Id = silence.Id,
        Rule = silence.Rule,
        Agent = silence.Agent,
        Labels = LabelPairs.Of(silence.Labels),
        From = silence.From,
        To = silence.To,
        Comment = silence.Comment,
        By = silence.By,
    };
}
