using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Files;

/// <summary>What this machine's disk has to say, as problems.</summary>
internal static class DiskProblems
{
    private const int DiskFull = 28; // ENOSPC, which .NET gives as it is.

    public static Problem Describe(Exception e, string path) => new(ProblemCodes.Unavailable, e is IOException { HResult: DiskFull }
        ? $"The disk of {path} on the agent's machine is full. Free some space and try again."
        : $"{path} can't be used on the agent's machine: {e.Message}");

    /// <summary>Null: the disk of this folder has room for so many bytes.</summary>
    public static Problem? Lacks(string folder, long bytes)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return free >= bytes ? null : new Problem(ProblemCodes.Unavailable,
            $"The disk of {folder} on the agent's machine is full: the file needs {bytes} bytes, and {free} are free. Free some space and try again.");
    }
}
