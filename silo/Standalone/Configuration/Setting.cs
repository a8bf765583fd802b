namespace Outrider.Silo.Standalone.Configuration;

/// <summary>One setting: its name in <c>outrider.json</c>; <c>OUTRIDER_</c> and the name in upper case in the environment.</summary>
/// <param name="Read">Puts the text into the options. Throws <see cref="FormatException"/> with what it should be.</param>
internal sealed record Setting(string Name, Func<CentreOptions, string, CentreOptions> Read)
{
    public string Variable => $"OUTRIDER_{Name.ToUpperInvariant()}";
}
