using Microsoft.Extensions.Logging;

namespace Outrider.Api.Gateway;

/// <summary>What the gateway logs. Never a credential, a token or a payload.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(2000, LogLevel.Information, "Agent {GrainKey} linked from {Remote}, session {Session}, enrolled now: {Enrolled}")]
    public static partial void Linked(this ILogger log, string grainKey, string remote, string session, bool enrolled);

    [LoggerMessage(2001, LogLevel.Information, "Link of agent {GrainKey} from {Remote} ended: {Code} {Reason}")]
    public static partial void Ended(this ILogger log, string grainKey, string remote, string code, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "Link of agent {GrainKey} from {Remote} refused: {Code} {Reason}")]
    public static partial void Refused(this ILogger log, string grainKey, string remote, string code, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "Agent {GrainKey} says: {Code} {Reason}")]
    public static partial void AgentSays(this ILogger log, string grainKey, string code, string reason);

    [LoggerMessage(2004, LogLevel.Error, "Call to the grain of agent {GrainKey} failed")]
    public static partial void GrainFailed(this ILogger log, string grainKey, Exception exception);

    [LoggerMessage(2005, LogLevel.Error, "Link from {Remote} failed unexpectedly")]
    public static partial void LinkFailed(this ILogger log, string remote, Exception exception);

    [LoggerMessage(2006, LogLevel.Error, "A file transfer with agent {GrainKey} failed unexpectedly")]
    public static partial void FileFailed(this ILogger log, string grainKey, Exception exception);
}
