using System.CommandLine;
using Outrider.Silo.Standalone;

// The centre handles SIGTERM and Ctrl-C itself: it must not be cut off while it saves.
return await new OutriderProgram().CreateCommand().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
