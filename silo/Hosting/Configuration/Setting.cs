namespace Outrider.Silo.Hosting.Configuration;

/// <summary>One setting: its name in the configuration file; <c>OUTRIDER_</c> and the name in upper case in the environment.</summary>
/// <param name="Read">Puts the text into the options. Throws <see cref="FormatException"/> with what it should be.</param>
public sealed record Setting<TOptions>(string Name, Func<TOptions, string, TOptions> Read)
{
    public string Variable => $"OUTRIDER_{Name.ToUpperInvariant()}";
}
