using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>
/// Moves files between the centre and this machine. A transfer waits while there is no link and goes on where it was over the next one.
/// Whether a path may be read or written is for the caller to have decided.
/// </summary>
public interface IFileTransfers
{
    /// <summary>
    /// Brings a file of the centre here, whole and checked, into the new file <paramref name="path"/> (mode 0600; beside where it shall go at the
    /// end, for the caller to rename). Null: it is there. <c>file_not_found</c>, <c>file_invalid</c> (not what its checksum says),
    /// <c>unavailable</c> (the disk). Throws <see cref="OperationCanceledException"/>.
    /// </summary>
    Task<Problem?> FetchAsync(TaskFile file, string path, CancellationToken cancellation);

    /// <summary>
    /// Sends a file of this machine to the centre, which keeps it as a file of the tenant. The id it has there. <c>payload_too_large</c>,
    /// <c>file_invalid</c> (it changed meanwhile), <c>unavailable</c>. Throws <see cref="OperationCanceledException"/>.
    /// </summary>
    /// <param name="task">The task whose result it is.</param>
    /// <param name="name">Its name at the centre, no path.</param>
    /// <param name="content">The file, opened by the caller; read from its start, more than once.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<Outcome<string>> StoreAsync(string task, string name, FileStream content, CancellationToken cancellation);
}
