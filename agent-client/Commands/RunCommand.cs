using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Outrider.Agent.Configuration;
using Outrider.Agent.Logging;

namespace Outrider.Agent.Commands;

/// <summary><c>run</c>: the agent itself, until SIGTERM or Ctrl-C.</summary>
internal static class RunCommand
{
    /// <param name="program">The agent.</param>
    /// <param name="arguments">Empty, or <c>--config</c> and a file.</param>
    public static async Task<int> RunAsync(AgentProgram program, string[] arguments)
    {
        var log = new AgentLog(Console.Error, TimeProvider.System);
        if (arguments is not ([] or ["--config", _]))
        {
            log.Error($"Usage: {program.Name} run [--config FILE]");
            return 2;
        }
        var options = AgentConfiguration.Read(arguments is [_, var file] ? file : null, Environment.GetEnvironmentVariable);
        if (!options.Ok)
        {
            log.Error(options.Problem.Message);
            return 2;
        }
        using var stopping = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            var way = program.Transport(options.Value, log, TimeProvider.System);
            if (!way.Ok)
            {
                log.Error(way.Problem.Message);
                return 2;
            }
            await using var transport = way.Value;
            var composed = Composition.Create(options.Value, transport, Environment.GetEnvironmentVariable, log, TimeProvider.System);
            if (!composed.Ok)
            {
                log.Error(composed.Problem.Message);
                return 2;
            }
            await using var agent = composed.Value;
            return await agent.Host.RunAsync(stopping.Token);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            log.Error($"The agent can't start: {e.Message}");
            return 2;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }
}
