namespace Outrider.Api.Install;

/// <summary>Whether and how an agent is installed from this centre.</summary>
/// <param name="Available">Whether the centre has the agent's program to give.</param>
/// <param name="Command">What to type on the new machine, with an enrolment token in place of TOKEN and the agent's name in place of NAME.</param>
public sealed record InstallView(bool Available, string Command);
