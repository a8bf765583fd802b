using ModelContextProtocol;
using Outrider.Grains.Tenancy;

namespace Outrider.Api.Mcp.Tools;

/// <summary>One call of a tool.</summary>
/// <param name="Caller">As this very request proved it, not the session.</param>
/// <param name="Arguments">Checked against the tool's parameters.</param>
/// <param name="Progress">Sends a progress notification to the client; null if it asked for none.</param>
internal sealed record ToolCall(Caller Caller, ToolArguments Arguments, Func<ProgressNotificationValue, Task>? Progress);
