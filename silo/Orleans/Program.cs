using System.CommandLine;
using Outrider.Silo.Orleans;

// The silo handles SIGTERM and Ctrl-C itself: it must not be cut off while it leaves the cluster.
return await new SiloProgram().CreateCommand().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
