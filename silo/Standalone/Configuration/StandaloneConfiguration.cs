using Outrider.Silo.Hosting.Configuration;

namespace Outrider.Silo.Standalone.Configuration;

/// <summary>The settings of a centre in one process, from <c>outrider.json</c>, the environment and the command line.</summary>
public static class StandaloneConfiguration
{
    public static SettingsReader<StandaloneOptions> Reader { get; } = new(
        "outrider.json",
        [.. Settings.Common<StandaloneOptions>(), new("data", (options, text) => options with { Data = text })],
        Settings.Check);
}
