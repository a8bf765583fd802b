using Outrider.Protocol.Credentials;

namespace Outrider.Grains.Alerts.Rules;

/// <summary>A condition on a label, written <c>name=pattern</c>. One that the empty text matches also takes what has no such label.</summary>
public readonly record struct LabelPattern(string Name, string Pattern)
{
    /// <summary>Reads it; a name alone: whatever it is.</summary>
    public static LabelPattern Of(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? new(text[..at], text[(at + 1)..]) : new(text, "*");

    /// <param name="value">The label's; null: there is none.</param>
    public bool Matches(string? value) => Names.Matches(Pattern, value ?? "");
}
