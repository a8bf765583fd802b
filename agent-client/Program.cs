using Outrider.Agent.Commands;

const string help = """
    outrider-agent run [--config FILE]   link this machine to the centre (default)
    outrider-agent sql check             judge SQL: a JSON string per line in, a verdict per line out
    outrider-agent audit verify FILE     check an audit file's hash chain
    outrider-agent version               print the version
    outrider-agent help                  print this

    Settings: agent.json in the data folder, or FILE, overridden by the environment:
      OUTRIDER_URL               the centre's address, such as https://outrider.example
      OUTRIDER_AGENT_NAME        this agent's name; default: the host's name
      OUTRIDER_ENROLMENT_TOKEN   needed until the agent is enrolled
      OUTRIDER_AGENT_DATA        data folder; default: /var/lib/outrider-agent as root, else ./agent-data
      OUTRIDER_DOCKER_SOCKET     the Docker daemon's socket; default: /var/run/docker.sock, if it is there
      OUTRIDER_CA_FILE           PEM file of the authorities to trust instead of the system's
      OUTRIDER_CLIENT_CERTIFICATE_FILE, OUTRIDER_CLIENT_KEY_FILE   PEM files of a client certificate
    Database: starrocks.env in the data folder, overridden by the environment:
      SR_HOST, SR_PORT (9030), SR_USER (root), SR_PASSWORD, SR_DATABASE
      SR_TLS                     disabled, preferred (default), required or verify_full; SR_CA_FILE
    What may run here: policy.json in the data folder.
    """;

switch (args)
{
    case []:
        return await RunCommand.RunAsync([]);
    case ["run", .. var rest]:
        return await RunCommand.RunAsync(rest);
    case ["sql", "check"]:
        return await SqlCheckCommand.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput());
    case ["audit", "verify", var file]:
        return AuditVerifyCommand.Run(file);
    case ["version" or "--version"]:
        Console.WriteLine(typeof(RunCommand).Assembly.GetName().Version?.ToString(3));
        return 0;
    case ["help" or "--help" or "-h"]:
        Console.WriteLine(help);
        return 0;
    default:
        await Console.Error.WriteLineAsync($"Unknown command '{args[0]}'.\n\n{help}");
        return 2;
}
