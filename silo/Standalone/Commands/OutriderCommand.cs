using System.CommandLine;

namespace Outrider.Silo.Standalone.Commands;

/// <summary>The whole command line of <c>outrider</c>.</summary>
public static class OutriderCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Outrider: the centre, and commands that manage one.")
        {
            CommandOptions.Url, CommandOptions.Data, CommandOptions.Config, CommandOptions.Json,
            ServeCommand.Create(), TenantCommands.Create(), KeyCommands.Create(), TokenCommands.Create(), AgentCommands.Create(),
            ReanalyseCommand.Create(),
        };
        root.SetAction(ServeCommand.RunAsync);
        return root;
    }
}
