using System.CommandLine;
using Outrider.Silo.Standalone;

namespace Outrider.Tests.Boundary.Standalone;

/// <summary>The program <c>outrider</c>, run in this process.</summary>
internal static class CentreCommand
{
    public static async Task<(int Status, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await new OutriderProgram().CreateCommand().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (status, output.ToString(), error.ToString());
    }
}
