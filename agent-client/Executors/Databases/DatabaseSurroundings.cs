using Outrider.Agent.Connections;
using Outrider.Agent.Policy;

namespace Outrider.Agent.Executors.Databases;

/// <summary>What the database executors use of the agent.</summary>
/// <param name="Folder">The agent's.</param>
/// <param name="Connections">Of its connections.json.</param>
/// <param name="Secret">Gives a value of its secrets.env by name; null: there is none.</param>
/// <param name="Hosts">Which hosts tasks may give themselves; null: none.</param>
/// <param name="Transfers">Brings files of the centre; null: there are none.</param>
/// <param name="Time">All time.</param>
internal sealed record DatabaseSurroundings(
    string Folder, ConnectionCatalog Connections, Func<string, string?> Secret, IHostRules? Hosts, IFileTransfers? Transfers, TimeProvider Time)
{
    /// <summary>Where scripts and files are while a task needs them, and nothing else.</summary>
    public string Scratch => Path.Combine(Folder, "tmp", "databases");

    /// <summary>Removes what an agent that was killed left there: it may hold passwords. Throws <see cref="IOException"/> when it can't.</summary>
    public void ClearScratch()
    {
        if (Directory.Exists(Scratch))
            Directory.Delete(Scratch, recursive: true);
    }
}
