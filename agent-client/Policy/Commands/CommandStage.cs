namespace Outrider.Agent.Policy.Commands;

/// <summary>One program of a command, as it was written: nothing is looked up yet.</summary>
/// <param name="Environment">The <c>NAME=value</c> words before the program, in order.</param>
/// <param name="Words">The program and its arguments; at least one.</param>
internal sealed record CommandStage(IReadOnlyList<KeyValuePair<string, string>> Environment, IReadOnlyList<string> Words);
