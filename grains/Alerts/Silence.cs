namespace Outrider.Grains.Alerts;

/// <summary>A time in which matching alerts are kept but not told. An alert that still fires when it ends is told then.</summary>
public sealed record Silence
{
    public required string Id { get; init; }

    /// <summary>The rule's id or a pattern with <c>*</c>.</summary>
    public string Rule { get; init; } = "*";

    /// <summary>The agent's name or a pattern with <c>*</c>.</summary>
    public string Agent { get; init; } = "*";

    /// <summary>Labels the subject must have, by pattern, as <c>name=pattern</c>.</summary>
    public List<string> Labels { get; init; } = [];

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Why, for whoever finds it.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Who made it.</summary>
    public string By { get; init; } = "";
}
