using Outrider.Agent.Connections;

namespace Outrider.Agent.Executors;

/// <summary>What executors use of the agent.</summary>
/// <param name="Folder">The agent's own, which no task touches.</param>
/// <param name="Connections">Of its connections.json.</param>
/// <param name="Secret">Gives a value of its secrets.env by name; null: there is none.</param>
/// <param name="Variable">Gives an environment variable's value.</param>
/// <param name="Transfers">Brings files of the centre, and takes files there.</param>
/// <param name="Time">All time.</param>
internal sealed record ExecutorSurroundings(
    string Folder, ConnectionCatalog Connections, Func<string, string?> Secret, Func<string, string?> Variable, IFileTransfers Transfers, TimeProvider Time);
