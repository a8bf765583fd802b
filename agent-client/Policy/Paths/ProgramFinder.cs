using Outrider.Agent.Policy.Commands;

namespace Outrider.Agent.Policy.Paths;

/// <summary>Finds programs where the agent looks for them, whatever its own environment says.</summary>
internal static class ProgramFinder
{
    /// <summary>The PATH of every command.</summary>
    public const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Its absolute path, links not followed; null: there is no such program.</summary>
    public static string? Find(string program)
    {
        if (!ProgramName.IsPlain(program))
            return null;
        return program[0] == '/'
            ? IsProgram(program) ? program : null
            : SearchPath.Split(':').Select(folder => $"{folder}/{program}").FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Executable) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
