using Outrider.Agent.Commands;
using Outrider.Agent.Link;

const string settings = """
      OUTRIDER_URL               the centre's address, such as https://outrider.example
      OUTRIDER_CA_FILE           PEM file of the authorities to trust instead of the system's
      OUTRIDER_CLIENT_CERTIFICATE_FILE, OUTRIDER_CLIENT_KEY_FILE   PEM files of a client certificate
    """;

return await new AgentProgram("outrider-agent", settings, WebSocketTransport.Create).RunAsync(args);
