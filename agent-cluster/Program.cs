using Outrider.Agent.Cluster.Configuration;
using Outrider.Agent.Cluster.Link;
using Outrider.Agent.Commands;

return await new AgentProgram(
    "outrider-agent-cluster",
    ClusterConfiguration.Help,
    (options, _, time) => ClusterTransport.Create(options.DataDirectory, Environment.GetEnvironmentVariable, time)).RunAsync(args);
