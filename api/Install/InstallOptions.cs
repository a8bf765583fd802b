namespace Outrider.Api.Install;

/// <summary>What the centre installs agents from.</summary>
/// <param name="AgentBinary">The program outrider-agent for Linux on x86-64, one file. It may come later, or not at all.</param>
public sealed record InstallOptions(string AgentBinary)
{
    /// <summary>The program in the folder <c>agent</c> beside the centre's.</summary>
    public static InstallOptions Default { get; } = new(Path.Combine(AppContext.BaseDirectory, "agent", "outrider-agent"));
}
