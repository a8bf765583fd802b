using Outrider.Protocol.Tasks;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>A <see cref="TaskResult"/> on its way between processes: the payload goes as the bytes that it is, not as JSON.</summary>
[Orleans.GenerateSerializer]
[Orleans.Immutable]
public readonly record struct AgentLinkResult([property: Orleans.Id(0)] TaskComplete Completion, [property: Orleans.Id(1)] byte[] Payload);
