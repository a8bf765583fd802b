using System.CommandLine;

namespace Outrider.Silo.Hosting.Commands;

/// <summary>The root of a program's command line; the commands below find the program by it.</summary>
internal sealed class CentreCommand(CentreProgram program, string description) : RootCommand(description)
{
    public CentreProgram Program => program;
}
