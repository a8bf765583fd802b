using Outrider.Protocol.Link;

namespace Outrider.Api.Posts;

/// <summary>The answer to a heartbeat.</summary>
/// <param name="Config">What the agent shall keep to now.</param>
public sealed record HeartbeatAnswer(LinkConfig Config);
