using System.Net.Sockets;
using System.Runtime.InteropServices;
using Outrider.Samples.DemoStarRocks;

if (DemoOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(DemoOptions.Usage);
    return 2;
}

var stop = new TaskCompletionSource();
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
try
{
    var scenario = ScenarioFolder.Read(options.Scenarios, options.Scenario);
    await using var server = DemoServer.Start(scenario, options, TimeProvider.System, sql => Console.Error.WriteLine($"no answer for: {sql}"));
    Console.WriteLine($"demo-starrocks ready port={server.Address.Port} scenario={options.Scenario}");
    await stop.Task;
    return 0;
}
catch (InvalidDataException e)
{
    await Console.Error.WriteLineAsync($"demo-starrocks: {e.Message}");
    return 1;
}
catch (SocketException e)
{
    await Console.Error.WriteLineAsync($"demo-starrocks: can't listen on 127.0.0.1:{options.Port}: {e.Message}. Choose another --port.");
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.TrySetResult();
}
