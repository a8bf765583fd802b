using Outrider.Agent.Configuration;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Commands;

/// <summary>An agent as a program: its commands, whatever its way to the centre.</summary>
/// <param name="name">How it is called: <c>outrider-agent</c>.</param>
/// <param name="linkSettings">What its way to the centre can be told, for its help: whole lines.</param>
/// <param name="transport">Makes its way to the centre. Problem: what is missing or wrong, and where to set it.</param>
public sealed class AgentProgram(
    string name, string linkSettings, Func<AgentOptions, AgentLog, TimeProvider, Outcome<ILinkTransport>> transport)
{
    internal string Name => name;

    internal Func<AgentOptions, AgentLog, TimeProvider, Outcome<ILinkTransport>> Transport => transport;

    private string Help => $"""
        {name} run [--config FILE]   link this machine to the centre (default)
        {name} sql check             judge SQL: a JSON string per line in, a verdict per line out
        {name} audit verify PATH     check the hash chain of an audit file, or of all in a folder
        {name} policy check          is policy.json valid? With --policy FILE: that file
        {name} policy check 'COMMAND' [--shell] [--user NAME] [--directory PATH]
                                     may tasks run this, by which rule, and what is it read as?
        {name} policy check --task FILE   the same of a task of any type, as JSON
        {name} version               print the version
        {name} help                  print this

        Settings: agent.json in the data folder, or FILE, overridden by the environment:
          OUTRIDER_AGENT_NAME        this agent's name; default: the host's name
          OUTRIDER_ENROLMENT_TOKEN   needed until the agent is enrolled
          OUTRIDER_AGENT_DATA        data folder; default: /var/lib/outrider-agent as root, else ./agent-data
          OUTRIDER_LABELS            words by which tasks may call it besides its name: role=db,zone=a
          OUTRIDER_DOCKER_SOCKET     the Docker daemon's socket; default: /var/run/docker.sock, if it is there
        {linkSettings}
        Database: starrocks.env in the data folder, overridden by the environment:
          SR_HOST, SR_PORT (9030), SR_USER (root), SR_PASSWORD, SR_DATABASE
          SR_TLS                     disabled, preferred (default), required or verify_full; SR_CA_FILE
        What may run here: policy.json in the data folder; without it only read-only SQL.
        Secrets that tasks may name as {"${secret:NAME}"}: secrets.env in the data folder, lines NAME=value.
        """;

    /// <summary>Runs the command that the arguments say. Returns the exit code.</summary>
    public async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case []:
                return await RunCommand.RunAsync(this, []);
            case ["run", .. var rest]:
                return await RunCommand.RunAsync(this, rest);
            case ["sql", "check"]:
                return await SqlCheckCommand.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput());
            case ["audit", "verify", var file]:
                return AuditVerifyCommand.Run(file);
            case ["policy", "check", .. var question]:
                return await PolicyCheckCommand.RunAsync(question, Environment.GetEnvironmentVariable, Console.Out);
            case ["version" or "--version"]:
                Console.WriteLine(typeof(AgentProgram).Assembly.GetName().Version?.ToString(3));
                return 0;
            case ["help" or "--help" or "-h"]:
                Console.WriteLine(Help);
                return 0;
            default:
                await Console.Error.WriteLineAsync($"Unknown command '{arguments[0]}'.\n\n{Help}");
                return 2;
        }
    }
}
