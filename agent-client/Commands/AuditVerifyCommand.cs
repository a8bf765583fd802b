using Outrider.Agent.Audit;

namespace Outrider.Agent.Commands;

/// <summary><c>outrider-agent audit verify FILE</c>: checks the hash chain (docs/formats/agent-audit.md).</summary>
internal static class AuditVerifyCommand
{
    /// <summary>0: whole. 1: broken, and it says where. 2: can't be read.</summary>
    public static int Run(string file)
    {
        try
        {
            if (AuditVerifier.FirstFault(File.ReadLines(file)) is { } fault)
            {
                Console.WriteLine($"{file}: {fault}");
                return 1;
            }
            Console.WriteLine($"{file}: whole");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }
}
