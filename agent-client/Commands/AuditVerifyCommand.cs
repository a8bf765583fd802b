using Outrider.Agent.Audit;

namespace Outrider.Agent.Commands;

/// <summary><c>outrider-agent audit verify FILE|FOLDER</c>: checks the hash chain of a file, or of all of a folder (docs/formats/agent-audit.md).</summary>
internal static class AuditVerifyCommand
{
    /// <summary>0: whole. 1: broken, and it says where. 2: can't be read.</summary>
    public static int Run(string path)
    {
        try
        {
            var fault = Directory.Exists(path) ? AuditVerifier.FirstFaultIn(path) : AuditVerifier.FirstFault(File.ReadLines(path));
            if (fault is not null)
            {
                Console.WriteLine($"{path}: {fault}");
                return 1;
            }
            Console.WriteLine(Directory.Exists(path) ? $"{path}: whole, {AuditFile.FilesIn(path).Count} files" : $"{path}: whole");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }
}
