using System.CommandLine;
using Outrider.Silo.Standalone.Commands;

// The centre handles SIGTERM and Ctrl-C itself: it must not be cut off while it saves.
return await OutriderCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
